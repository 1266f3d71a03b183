import Link from "next/link";
import { askPath, exceptionPath, servicePath, sloPath } from "#components/layout/paths.ts";
import { ExemptLine } from "#components/policy/exempt-line.tsx";
import type { ExceptionLine, StateLine } from "#components/policy/view.ts";
import { NEED_WORD, UNKNOWN_NUMBERS } from "#components/policy/words.ts";
import { BudgetGauge } from "#components/slo/budget-gauge.tsx";
import { StateMark } from "#components/slo/state-mark.tsx";
import { causeWords } from "#components/team/words.ts";
import { Time } from "#components/ui/time.tsx";
import { ZonedText } from "#components/ui/zoned-text.tsx";
import { UNKNOWN_POLICY } from "#lib/fleet/asked.ts";
import type { FleetRow } from "#lib/fleet/row.ts";
import { HEALTHY } from "#lib/policy/policy.ts";

interface StatesProps {
  readonly lines: readonly StateLine[];
  readonly mayAsk: boolean;
}

/** Each service of which its policy asks something: what, why, and when it lifts. */
export function States({ lines, mayAsk }: StatesProps) {
  return (
    <ul>
      {lines.map((line) => (
        <State key={line.duty.service} line={line} mayAsk={mayAsk} />
      ))}
    </ul>
  );
}

function State({ line, mayAsk }: { line: StateLine; mayAsk: boolean }) {
  const { duty, action, exempt, exceptions } = line;
  const { cause, service, blocks } = duty;
  if (!cause) return null;
  return (
    <li className="grid gap-x-6 gap-y-1.5 border-t border-line px-4 py-3 md:grid-cols-[8rem_minmax(0,1fr)_auto] md:items-center">
      <StateMark state={cause.state} />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p className="font-[580]">
          <Link href={servicePath(service)} data-row-link prefetch={false} className="prose-link">
            {service}
          </Link>
          <span className="ml-2">{policyWords(cause)}</span>
        </p>
        {action !== null && action !== cause.policyState && <p className="text-[13px]">{action}</p>}
        <p className="text-[13px] text-ink-2">
          <Link href={sloPath(cause)} prefetch={false} className="prose-link">
            {cause.slo}
          </Link>
          : <ZonedText text={causeWords(cause)} moments={[cause.dataThrough]} />{" "}
          <Lifts line={line} />
        </p>
        {blocks && (
          <p className="text-[13px] text-ink-2">
            <ExemptLine exempt={exempt} />
          </p>
        )}
        {exceptions.map((exception) => (
          <InForce key={exception.id} exception={exception} />
        ))}
        {blocks && exceptions.length === 0 && mayAsk && (
          <p className="text-[13px]">
            <Link href={askPath({ service, slo: cause.slo })} className="prose-link">
              Ask for an exception
              <span className="sr-only"> for {service}</span>
            </Link>
          </p>
        )}
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

function policyWords({ policyState, held }: FleetRow): string {
  if (policyState === HEALTHY || policyState === UNKNOWN_POLICY) return UNKNOWN_NUMBERS;
  return held ? `${policyState} (held: the numbers are unknown)` : policyState;
}

function Lifts({ line: { duty } }: { line: StateLine }) {
  if (!duty.blocks) return duty.known ? null : <>Whether changes may ship is not known.</>;
  if (duty.liftsAt === null) return <>Changes are blocked; when that lifts is not known.</>;
  return (
    <>
      Changes are blocked; if nothing fails from now on, until{" "}
      <Time at={duty.liftsAt} show="both" />.
    </>
  );
}

function InForce({ exception }: { exception: ExceptionLine }) {
  const { id, slo, environment, need, expiresAt } = exception;
  return (
    <p className="text-[13px] text-ink-2">
      <Link href={exceptionPath(id)} prefetch={false} className="prose-link">
        Exception in force
      </Link>{" "}
      for {slo ?? "every SLO"}, {environment ?? "every environment"} (
      {NEED_WORD[need].toLowerCase()}), until <Time at={expiresAt} show="both" />.
    </p>
  );
}
