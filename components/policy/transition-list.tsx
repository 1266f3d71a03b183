import Link from "next/link";
import { sloPath } from "#components/layout/paths.ts";
import type { TransitionLine } from "#components/policy/view.ts";
import { CAUSE_WORD } from "#components/policy/words.ts";
import { Time } from "#components/ui/time.tsx";
import { spentPercent } from "#lib/format/numbers.ts";

/** Changes of policy states as they were recorded, newest first. */
export function TransitionList({ lines }: { lines: readonly TransitionLine[] }) {
  return (
    <ol>
      {lines.map((line) => (
        <li
          key={line.id}
          className="grid gap-x-5 gap-y-0.5 border-t border-line px-4 py-2 text-[13px] sm:grid-cols-[7.5rem_minmax(0,1fr)]"
        >
          <span className="text-ink-3">
            <Time at={line.at} />
          </span>
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <Link href={sloPath(line)} data-row-link prefetch={false} className="prose-link">
              <span className="text-ink-3">{line.service}</span> {line.slo}
            </Link>
            : <span className="text-ink-3">{line.from} →</span> {line.to}
            <span className="text-ink-3">
              {line.consumed !== null && `, ${spentPercent(line.consumed)} spent`}
              {line.cause !== "budget" && `, ${CAUSE_WORD[line.cause]}`}
              {!line.enforced && ", aspirational: nothing is asked"}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
