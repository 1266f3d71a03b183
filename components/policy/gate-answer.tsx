import Link from "next/link";
import type { ReactNode } from "react";
import { exceptionPath, sloPath } from "#components/layout/paths.ts";
import { Time } from "#components/ui/time.tsx";
import { ZonedText } from "#components/ui/zoned-text.tsx";
import { percent, spentPercent } from "#lib/format/numbers.ts";
import type { GateDecision } from "#lib/policy/decision.ts";

/** One answer of the gate with all that it was made from. */
export function GateAnswer({ answer }: { answer: GateDecision }) {
  const { summary, reasons, exception, liftsAt, sha, policyVersion, watermark, coverage } = answer;
  return (
    <div className="space-y-2 text-[13px]">
      <p className="max-w-[80ch]">
        <ZonedText text={summary} moments={[liftsAt, exception?.expiresAt ?? null]} />
      </p>
      {reasons.length > 0 && <Reasons answer={answer} />}
      <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-[repeat(auto-fill,minmax(15rem,1fr))]">
        <Fact name="Policy state">
          {answer.policyState}
          {policyVersion !== null && `, version ${policyVersion}`}
        </Fact>
        {liftsAt !== null && (
          <Fact name="Lifts, if nothing fails">
            <Time at={Date.parse(liftsAt)} show="both" />
          </Fact>
        )}
        {exception !== null && (
          <Fact name="Exception used">
            <Link href={exceptionPath(exception.id)} prefetch={false} className="prose-link">
              approved by {exception.approvedBy}
            </Link>
            , until <Time at={Date.parse(exception.expiresAt)} />
          </Fact>
        )}
        {sha !== null && (
          <Fact name="Commit">
            <code className="font-mono">{sha.slice(0, 12)}</code>
          </Fact>
        )}
        {watermark !== null && (
          <Fact name="Data through">
            <Time at={Date.parse(watermark)} />
          </Fact>
        )}
        {coverage !== null && <Fact name="Minutes with data">{percent(coverage, 1)}</Fact>}
      </dl>
    </div>
  );
}

function Reasons({ answer: { service, reasons } }: { answer: GateDecision }) {
  return (
    <ul className="space-y-0.5">
      {reasons.map(({ slo, clause, policyState, consumed }) => (
        <li key={slo} className="[overflow-wrap:anywhere]">
          <Link href={sloPath({ service, slo })} prefetch={false} className="prose-link">
            {slo}
          </Link>
          : {policyState},{" "}
          {consumed === null ? "budget spent unknown" : `${spentPercent(consumed)} spent`}
          <span className="text-ink-3"> ({clause})</span>
        </li>
      ))}
    </ul>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-small text-ink-3">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
