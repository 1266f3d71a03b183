import Link from "next/link";
import { gateLogPath } from "#components/layout/paths.ts";
import { ExemptLine } from "#components/policy/exempt-line.tsx";
import { GateMark } from "#components/policy/gate-mark.tsx";
import { gateWords } from "#components/policy/words.ts";
import { Card } from "#components/ui/card.tsx";
import { ZonedText } from "#components/ui/zoned-text.tsx";
import type { GateDecision } from "#lib/policy/decision.ts";
import type { PolicyExemption } from "#lib/spec/model.ts";

interface GateNowProps {
  readonly answer: GateDecision;
  /** Fixes that would go through its block. */
  readonly fixes: readonly PolicyExemption[];
}

/** What the gate would say to a deployment now, in a line. */
export function GateNow({ answer, fixes }: GateNowProps) {
  const { service, decision, summary, liftsAt, exception } = answer;
  const moments = [liftsAt, exception?.expiresAt ?? null];
  return (
    <Card className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5 text-[13px]">
      <GateMark answer={answer} />
      <p className="min-w-0 flex-1 basis-72">
        {gateWords(answer)}:{" "}
        <span className="text-ink-2">
          <ZonedText text={summary} moments={moments} />
          {decision === "block" && (
            <>
              {" "}
              <ExemptLine exempt={fixes} />
            </>
          )}
        </span>
      </p>
      <Link href={gateLogPath({ service })} prefetch={false} className="prose-link text-small">
        Gate log
      </Link>
    </Card>
  );
}
