import type { Metadata } from "next";
import { type AskedOf, single } from "#app/_data/dora/single.ts";
import { readPolicyView } from "#app/_data/policy/read.ts";
import { OwedSection } from "#app/(dashboard)/policy/(now)/owed-section.tsx";
import { enterPage } from "#app/access.ts";
import { gateLogPath, quarterPath } from "#components/layout/paths.ts";
import { AskLink } from "#components/policy/ask-link.tsx";
import { Counts } from "#components/policy/counts.tsx";
import { ExceptionsSection } from "#components/policy/exceptions-section.tsx";
import { GateSection } from "#components/policy/gate-section.tsx";
import { StatesSection } from "#components/policy/states-section.tsx";
import { TeamFilter } from "#components/policy/team-filter.tsx";
import { TransitionSection } from "#components/policy/transition-section.tsx";
import { policySentence } from "#components/policy/words.ts";
import { store } from "#db/client.ts";

export const metadata: Metadata = { title: "Policy" };

/** Who is frozen, who has an exception? */
export default async function PolicyPage({ searchParams }: { searchParams: AskedOf }) {
  const actor = await enterPage("/policy");
  const team = (single(await searchParams).get("team") ?? "").trim().slice(0, 200);
  const view = await readPolicyView((await store()).db, { actor, team, now: Date.now() });
  return (
    <div className="space-y-5">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h1>Policy{team !== "" && ` of ${team}`}</h1>
          <p className="mt-1 max-w-[80ch] text-ink-2">{policySentence(view)}</p>
        </div>
        <div className="flex flex-wrap items-end gap-3">
          <TeamFilter action="/policy" team={team} teams={view.teams} />
          {view.mayAsk && <AskLink />}
        </div>
      </header>
      <Counts counts={view.counts} />
      <StatesSection view={view} />
      <ExceptionsSection view={view} all={quarterPath({ team })} />
      <OwedSection lines={view.owed} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 xl:grid-cols-2">
        <TransitionSection lines={view.transitions} />
        <GateSection lines={view.gate} all={gateLogPath()} />
      </div>
    </div>
  );
}
