import type { Metadata } from "next";
import Link from "next/link";
import { addressOf } from "#app/_data/deployments/filter.ts";
import { readDeployments } from "#app/_data/deployments/read.ts";
import { type AskedOf, single } from "#app/_data/dora/single.ts";
import { enterPage } from "#app/access.ts";
import { DeploymentTable } from "#components/deployments/deployment-table.tsx";
import { FilterForm } from "#components/deployments/filter-form.tsx";
import type { DeploymentsView } from "#components/deployments/view.ts";
import { NoDelivery } from "#components/dora/empty.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { store } from "#db/client.ts";
import { count } from "#lib/format/numbers.ts";

export const metadata: Metadata = { title: "Deployments" };

/** What was shipped, what came of it, and what it cost. */
export default async function DeploymentsPage({ searchParams }: { searchParams: AskedOf }) {
  await enterPage("/deployments");
  const view = await readDeployments((await store()).db, single(await searchParams));
  return (
    <div className="space-y-4">
      <header>
        <h1>Deployments</h1>
        <p className="mt-1 max-w-[80ch] text-ink-2">
          To production, newest first. What failed before it reached users is shown and counted in
          no metric.
        </p>
      </header>
      {view.isEmpty ? <NoDelivery /> : <Filtered view={view} />}
    </div>
  );
}

function Filtered({ view }: { view: DeploymentsView }) {
  const { lines, total, fields, next } = view;
  return (
    <>
      <Card>
        <FilterForm key={addressOf(fields, null)} {...view} />
      </Card>
      <Section title={total === 1 ? "1 deployment" : `${count(total)} deployments`}>
        {lines.length === 0 ? (
          <Empty title="None fits the filter">Widen the range, or clear the filter.</Empty>
        ) : (
          <DeploymentTable lines={lines} caption="Deployments, newest first" />
        )}
        {next !== null && (
          <p className="border-t border-line px-4 py-2.5 text-[13px]">
            <Link href={`/deployments?${addressOf(fields, next)}`} className="prose-link">
              Older deployments
            </Link>
          </p>
        )}
      </Section>
    </>
  );
}
