import type { Metadata } from "next";
import { type AskedOf, single } from "#app/_data/dora/single.ts";
import { readGateLogView } from "#app/_data/policy/gateLog.ts";
import { enterPage } from "#app/access.ts";
import { GateFilter } from "#components/policy/gate-filter.tsx";
import { GateList } from "#components/policy/gate-list.tsx";
import { GatePager } from "#components/policy/gate-pager.tsx";
import { Section } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { store } from "#db/client.ts";

export const metadata: Metadata = { title: "Gate log" };

/** What was answered to those who asked whether they may ship? */
export default async function GateLogPage({ searchParams }: { searchParams: AskedOf }) {
  await enterPage("/policy/gate");
  const view = await readGateLogView((await store()).db, single(await searchParams));
  return (
    <div className="space-y-5">
      <header>
        <h1>Gate log</h1>
        <p className="mt-1 max-w-[80ch] text-ink-2">
          Every answer to “may I ship?”, as it was given: by the API, the command line and GitHub.
        </p>
      </header>
      {!view.isEmpty && (
        <Section title="Filter">
          <GateFilter key={JSON.stringify(view.fields)} view={view} />
        </Section>
      )}
      <Section title="Answers, newest first">
        {view.lines.length > 0 ? (
          <GateList lines={view.lines} />
        ) : (
          <NoAnswers isEmpty={view.isEmpty} />
        )}
        <GatePager view={view} />
      </Section>
    </div>
  );
}

function NoAnswers({ isEmpty }: { isEmpty: boolean }) {
  if (!isEmpty) {
    return (
      <Empty title="Nothing matches">
        The gate gave no such answer. Take something out of the filter.
      </Empty>
    );
  }
  return (
    <Empty title="Nobody has asked yet">
      A pipeline asks with <code className="font-mono">plimsoll gate</code> or{" "}
      <code className="font-mono">GET /api/v1/gate</code>, GitHub with a deployment protection rule.
    </Empty>
  );
}
