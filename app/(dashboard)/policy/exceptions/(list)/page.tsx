import type { Metadata } from "next";
import { type AskedOf, single } from "#app/_data/dora/single.ts";
import { readQuarterView } from "#app/_data/policy/quarter.ts";
import { enterPage } from "#app/access.ts";
import { AskLink } from "#components/policy/ask-link.tsx";
import { ExceptionList } from "#components/policy/exception-list.tsx";
import { Needs } from "#components/policy/needs.tsx";
import { QuarterLinks } from "#components/policy/quarter-links.tsx";
import { TeamFilter } from "#components/policy/team-filter.tsx";
import { Section } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { store } from "#db/client.ts";
import { count } from "#lib/format/numbers.ts";

export const metadata: Metadata = { title: "Exceptions" };

/** Which exceptions were asked for in a quarter, and what do they say of the policy? */
export default async function ExceptionsPage({ searchParams }: { searchParams: AskedOf }) {
  const actor = await enterPage("/policy/exceptions");
  const asked = single(await searchParams);
  const team = (asked.get("team") ?? "").trim().slice(0, 200);
  const quarter = asked.get("quarter") ?? "";
  const { db } = await store();
  const view = await readQuarterView(db, { actor, quarter, team, now: Date.now() });
  const { lines, needs, readAt } = view;
  return (
    <div className="space-y-5">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h1>
            Exceptions of {view.quarter}
            {team !== "" && `, ${team}`}
          </h1>
          <p className="mt-1 max-w-[80ch] text-ink-2">
            A written way around a block: asked for by one person, approved by another, over by
            itself. Quarters are those of UTC.
          </p>
        </div>
        <div className="flex flex-wrap items-end gap-3">
          <TeamFilter
            action="/policy/exceptions"
            team={team}
            teams={view.teams}
            also={{ quarter: view.quarter }}
          />
          {view.mayAsk && <AskLink />}
        </div>
      </header>
      <QuarterLinks view={view} />
      {needs.length > 0 && <Needs needs={needs} />}
      <Section title={lines.length === 1 ? "1 exception" : `${count(lines.length)} exceptions`}>
        {lines.length > 0 ? (
          <ExceptionList lines={lines} now={readAt} />
        ) : (
          <Empty title="None was asked for">
            In this quarter nobody asked for a way around a block
            {team !== "" && ` for a service of ${team}`}.
          </Empty>
        )}
      </Section>
    </div>
  );
}
