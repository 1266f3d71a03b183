import Link from "next/link";
import { gateLogPath } from "#components/layout/paths.ts";
import { GateMark } from "#components/policy/gate-mark.tsx";
import { gateWords } from "#components/policy/words.ts";
import { Card } from "#components/ui/card.tsx";
import type { GateDecision } from "#lib/policy/decision.ts";

/** What the gate would say to a deployment now, in a line. */
export function GateNow({ answer }: { answer: GateDecision }) {
  const { service, summary } = answer;
  return (
    <Card className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5 text-[13px]">
      <GateMark answer={answer} />
      <p className="min-w-0 flex-1 basis-72">
        {gateWords(answer)}: <span className="text-ink-2">{summary}</span>
      </p>
      <Link href={gateLogPath({ service })} prefetch={false} className="prose-link text-small">
        Gate log
      </Link>
    </Card>
  );
}
