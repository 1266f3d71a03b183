import type { Metadata } from "next";
import { readCostlyDeployments } from "#app/_data/cost/read.ts";
import { askedDora } from "#app/_data/dora/ask.ts";
import { mistakesOf, shownFields } from "#app/_data/dora/form.ts";
import { type DoraPageView, readDora } from "#app/_data/dora/read.ts";
import { type AskedOf, single } from "#app/_data/dora/single.ts";
import { enterPage } from "#app/access.ts";
import { AskForm } from "#components/dora/ask-form.tsx";
import { CostlyDeployments } from "#components/dora/costly.tsx";
import { DoraPanel } from "#components/dora/dora-panel.tsx";
import { NobodyCalled, NoDelivery } from "#components/dora/empty.tsx";
import { DoraHeading, DoraNotices } from "#components/dora/heading.tsx";
import { Card } from "#components/ui/card.tsx";
import { store } from "#db/client.ts";

export const metadata: Metadata = { title: "Delivery" };

/** How do we deliver? */
export default async function DoraPage({ searchParams }: { searchParams: AskedOf }) {
  await enterPage("/dora");
  const now = Date.now();
  const ask = askedDora(single(await searchParams), now);
  const page = await readDora((await store()).db, ask, now);
  const { view, choices } = page;
  const mistakes = mistakesOf(ask, choices);
  const fields = shownFields(ask);
  const isNobody = mistakes.team !== undefined || mistakes.service !== undefined;
  return (
    <div className="space-y-4">
      <DoraHeading view={view} />
      <Card>
        <AskForm
          key={JSON.stringify(fields)}
          {...{ choices, mistakes, chosen: fields, year: view.year, rows: ask.rows ?? "" }}
        />
      </Card>
      <DoraNotices view={view} />
      {isNobody ? <NobodyCalled /> : view.isEmpty ? <NoDelivery /> : <Delivered page={page} />}
    </div>
  );
}

async function Delivered({ page: { view, services } }: { page: DoraPageView }) {
  const { from, to } = view.window;
  const costly = await readCostlyDeployments((await store()).db, { from, to, services });
  return (
    <DoraPanel view={view}>
      <CostlyDeployments {...costly} />
    </DoraPanel>
  );
}
