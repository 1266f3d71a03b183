import type { ReactNode } from "react";
import { Age, StaleBanner } from "#components/fleet/age.tsx";
import { FleetTable } from "#components/fleet/fleet-table.tsx";
import { StateTally } from "#components/slo/state-tally.tsx";
import { Burning } from "#components/team/burning.tsx";
import { Duties } from "#components/team/duties.tsx";
import type { TeamView } from "#components/team/view.ts";
import { teamSentence } from "#components/team/words.ts";
import { Card } from "#components/ui/card.tsx";
import { count } from "#lib/format/numbers.ts";
import { burning, teamDuties } from "#lib/team/duties.ts";

interface TeamPanelProps {
  readonly view: TeamView;
  /** Why the page could not be refreshed; null when it could. */
  readonly problem: string | null;
  /** What else the policy asks: exceptions, and what is owed. */
  readonly children?: ReactNode;
}

/** What must this team do: what its policies ask for, what burns, and all its SLOs. */
export function TeamPanel({ view, problem, children }: TeamPanelProps) {
  const { team, rows, totals, hidden, readAt, evaluatedAt } = view;
  const duties = teamDuties(rows);
  const burns = burning(rows);
  return (
    <div className="space-y-5">
      <header>
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <div>
            <p className="text-small text-ink-3">Team</p>
            <h1>{team}</h1>
          </div>
          <Age evaluatedAt={evaluatedAt} readAt={readAt} />
        </div>
        <p className="mt-1 max-w-[80ch] text-ink-2">{teamSentence(duties, burns.length)}</p>
      </header>
      <StaleBanner evaluatedAt={evaluatedAt} readAt={readAt} failure={problem} />
      <StateTally totals={totals} />
      <Duties duties={duties} />
      {children}
      {burns.length > 0 && <Burning rows={burns} />}
      <Card className="overflow-clip">
        <FleetTable rows={rows} groupBy="service" caption={`SLOs of ${team}, worst first`} />
      </Card>
      {hidden > 0 && (
        <p className="text-small text-ink-3">{count(hidden)} more SLOs are on the fleet page.</p>
      )}
    </div>
  );
}
