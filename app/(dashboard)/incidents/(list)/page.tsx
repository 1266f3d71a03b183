import type { Metadata } from "next";
import { begunFrom } from "#app/_data/incidents/begun.ts";
import { readIncidentsView } from "#app/_data/incidents/list.ts";
import { OpenIncident } from "#app/(dashboard)/incidents/(list)/open-incident.tsx";
import { enterPage } from "#app/access.ts";
import { EmptyList } from "#components/incidents/empty-list.tsx";
import { FilterForm } from "#components/incidents/filter-form.tsx";
import { IncidentList } from "#components/incidents/incident-list.tsx";
import { Pager } from "#components/incidents/pager.tsx";
import { Section } from "#components/ui/card.tsx";
import { store } from "#db/client.ts";
import { count } from "#lib/format/numbers.ts";

export const metadata: Metadata = { title: "Incidents" };

interface PageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What happened, and what is still going on? */
export default async function IncidentsPage({ searchParams }: PageProps) {
  const actor = await enterPage("/incidents");
  const address = singly(await searchParams);
  const view = await readIncidentsView((await store()).db, { actor, address, now: Date.now() });
  const { lines, matching, open, fields, isEmpty, editable } = view;
  return (
    <div className="space-y-5">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h1>Incidents</h1>
          <p className="mt-1 max-w-[80ch] text-ink-2">{headline(isEmpty, open)}</p>
        </div>
        {editable.length > 0 && (
          <OpenIncident
            services={editable}
            classes={view.classes}
            begun={begunFrom(address, editable)}
          />
        )}
      </header>
      {!isEmpty && (
        <Section title="Filter">
          <FilterForm key={JSON.stringify(fields)} {...view} />
        </Section>
      )}
      <Section title={matching === 1 ? "1 incident" : `${count(matching)} incidents`}>
        {lines.length > 0 ? (
          <IncidentList lines={lines} readAt={view.readAt} />
        ) : (
          <EmptyList isFiltered={!isEmpty} />
        )}
        <Pager {...view} />
      </Section>
    </div>
  );
}

function headline(isEmpty: boolean, open: number): string {
  if (isEmpty) return "What went wrong, what it cost and which deployment caused it.";
  if (open === 0) return "Nothing is open. The days of the filter are those of UTC.";
  return `${count(open)} open, shown first. The days of the filter are those of UTC.`;
}

/** Of a field that is given twice, the first counts. */
function singly(given: Readonly<Record<string, string | string[] | undefined>>): URLSearchParams {
  const entries = Object.entries(given).flatMap(([name, value]) => {
    const [first] = [value].flat();
    return first === undefined ? [] : [[name, first]];
  });
  return new URLSearchParams(entries);
}
