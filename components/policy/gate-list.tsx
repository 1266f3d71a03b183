import Link from "next/link";
import { servicePath } from "#components/layout/paths.ts";
import { GateAnswer } from "#components/policy/gate-answer.tsx";
import { GateMark } from "#components/policy/gate-mark.tsx";
import type { GateLine } from "#components/policy/view.ts";
import { SURFACE_WORD } from "#components/policy/words.ts";
import { Time } from "#components/ui/time.tsx";

/** Answers of the gate, newest first; each opens to all of it. */
export function GateList({ lines }: { lines: readonly GateLine[] }) {
  return (
    <ul className="@container">
      {lines.map((line) => (
        <li key={line.id} className="border-t border-line">
          <details className="group">
            <summary
              data-row-link
              className="flex cursor-pointer list-none flex-wrap gap-x-5 gap-y-0.5 px-4 py-2 text-[13px] hover:bg-ink/3 @3xl:grid @3xl:grid-cols-[7.5rem_10rem_minmax(0,1fr)_auto] [&::-webkit-details-marker]:hidden"
            >
              <span className="text-ink-3">
                <Time at={line.at} />
              </span>
              <GateMark answer={line.answer} />
              <span className="min-w-0 break-words">
                {line.answer.service}, {line.answer.environment}
                {line.answer.change !== "feature" && (
                  <span className="text-ink-3"> ({line.answer.change} fix)</span>
                )}
              </span>
              <span className="text-ink-3">
                {line.askedByName}, {SURFACE_WORD[line.surface]}{" "}
                <span aria-hidden className="inline-block group-open:rotate-90">
                  ›
                </span>
              </span>
            </summary>
            <div className="space-y-2 px-4 pt-1 pb-4">
              <GateAnswer answer={line.answer} />
              <p className="text-small">
                <Link
                  href={servicePath(line.answer.service)}
                  prefetch={false}
                  className="prose-link"
                >
                  {line.answer.service}
                </Link>
              </p>
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
