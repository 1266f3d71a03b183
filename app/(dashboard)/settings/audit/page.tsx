import type { Metadata } from "next";
import { addressOf } from "#app/_data/settings/audit/filter.ts";
import { MOST_ROWS, readAuditView } from "#app/_data/settings/audit/read.ts";
import { AuditEntries } from "#app/(dashboard)/settings/audit/entries.tsx";
import { AuditFilterForm } from "#app/(dashboard)/settings/audit/filter-form.tsx";
import { Pager } from "#app/(dashboard)/settings/audit/pager.tsx";
import { enterPage } from "#app/access.ts";
import { PageHead } from "#components/settings/page-head.tsx";
import { Section } from "#components/ui/card.tsx";
import { store } from "#db/client.ts";
import { count } from "#lib/format/numbers.ts";

export const metadata: Metadata = { title: "Audit log" };

interface AuditPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AuditPage({ searchParams }: AuditPageProps) {
  await enterPage("/settings/audit");
  const view = await readAuditView((await store()).db, single(await searchParams));
  const filter = addressOf(view.fields);
  const tooMany = view.matching > MOST_ROWS;
  return (
    <div className="space-y-5">
      <PageHead title="Audit log">
        Who did what, to what, and from where. Rows are written together with the change they tell
        of; nothing changes or deletes them. All times are UTC.
      </PageHead>
      <Section title="Filter">
        <AuditFilterForm key={filter} fields={view.fields} mistakes={view.mistakes} />
      </Section>
      <Section
        title={tooMany ? `More than ${count(MOST_ROWS)} entries` : entries(view.matching)}
        aside={
          <a href={`/api/settings/audit.csv?${filter}`} className="prose-link text-[13px]">
            Download as CSV{tooMany ? ` (the newest ${count(MOST_ROWS)})` : ""}
          </a>
        }
      >
        <AuditEntries entries={view.entries} isFiltered={filter !== ""} />
        <Pager fields={view.fields} older={view.older} isNewest={view.isNewest} />
      </Section>
    </div>
  );
}

function entries(n: number): string {
  return n === 1 ? "1 entry" : `${count(n)} entries`;
}

/** Of a field that is given twice, the first counts. */
function single(given: Readonly<Record<string, string | string[] | undefined>>): URLSearchParams {
  const pairs = Object.entries(given).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name, first]];
  });
  return new URLSearchParams(pairs);
}
