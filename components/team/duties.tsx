import Link from "next/link";
import { servicePath, sloPath } from "#components/layout/paths.ts";
import { BudgetGauge } from "#components/slo/budget-gauge.tsx";
import { StateMark } from "#components/slo/state-mark.tsx";
import { causeWords, listed } from "#components/team/words.ts";
import { Section } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";
import type { FleetRow } from "#lib/fleet/row.ts";
import type { ServiceDuty } from "#lib/team/duties.ts";

/** What the policy asks, service by service; services of which nothing is asked share one line. */
export function Duties({ duties }: { duties: readonly ServiceDuty[] }) {
  const asked = duties.flatMap((duty) =>
    duty.asks && duty.cause ? [{ duty, cause: duty.cause }] : [],
  );
  const quiet = duties.filter(({ asks }) => !asks).map(({ service }) => service);
  return (
    <Section title="What the policy asks">
      <ul>
        {asked.map(({ duty, cause }) => (
          <Duty key={duty.service} duty={duty} cause={cause} />
        ))}
        {quiet.length > 0 && (
          <li className="border-t border-line px-4 py-3 text-[13px] text-ink-3">
            Nothing of {listed(quiet)}.
          </li>
        )}
      </ul>
    </Section>
  );
}

function Duty({ duty, cause }: { duty: ServiceDuty; cause: FleetRow }) {
  return (
    <li className="grid gap-x-6 gap-y-1.5 border-t border-line px-4 py-3 md:grid-cols-[8rem_minmax(0,1fr)_auto] md:items-center">
      <StateMark state={cause.state} />
      <div>
        <p className="font-[580]">
          <Link href={servicePath(duty.service)} className="prose-link">
            {duty.service}
          </Link>
          <span className="ml-2">{policyWords(cause)}</span>
        </p>
        <p className="text-[13px] text-ink-2">
          <Link href={sloPath(cause)} className="prose-link">
            {cause.slo}
          </Link>
          : {causeWords(cause)} <Until duty={duty} />
        </p>
      </div>
      <BudgetGauge
        remaining={cause.remaining}
        state={cause.state}
        thresholds={cause.thresholds}
        width={150}
      />
    </li>
  );
}

function policyWords({ policyState, held, state }: FleetRow): string {
  if (policyState === "Healthy") return state === "unknown" ? "numbers unknown" : policyState;
  return held ? `${policyState} (held)` : policyState;
}

/** Whether changes may ship, and when the block lifts if nothing fails from now on. */
function Until({ duty }: { duty: ServiceDuty }) {
  if (!duty.blocks) {
    return duty.known ? <>Changes may ship.</> : <>Whether changes may ship is not known.</>;
  }
  if (duty.liftsAt === null) return <>Changes are blocked; when that lifts is not known.</>;
  return (
    <>
      Changes are blocked; if nothing fails from now on, until{" "}
      <Time at={duty.liftsAt} show="both" />.
    </>
  );
}
