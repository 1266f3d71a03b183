import type { DeploymentView, ShippedView } from "#components/deployments/view.ts";
import { ChangeTitle, Commits } from "#components/dora/change-list.tsx";
import { StageBar } from "#components/dora/stage-bar.tsx";
import { EXCLUSION_WORD } from "#components/dora/words.ts";
import { count, span } from "#lib/format/numbers.ts";

/** The changes that a deployment brought, slowest first, each with its way and its commits. */
export function ShippedList({ shipped, gaps }: Pick<DeploymentView, "shipped" | "gaps">) {
  return (
    <>
      {gaps.length > 0 && (
        <ul className="px-4 pb-3 text-small text-ink-2">
          {gaps.map(({ reason, n }) => (
            <li key={reason}>
              {EXCLUSION_WORD[reason]}
              {n > 1 && `: ${count(n)}`}.
            </li>
          ))}
        </ul>
      )}
      <ol>
        {shipped.map((change) => (
          <li key={change.id} className="border-t border-line px-4 py-3">
            <Shipped change={change} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Shipped({ change }: { change: ShippedView }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <p className="min-w-0 text-[13px] [overflow-wrap:anywhere]">
          <ChangeTitle change={change} />
          {change.author && <span className="text-ink-3"> by {change.author}</span>}
        </p>
        <p className="text-[13px] tabular-nums">
          {change.kind === "timed" ? (
            <span className="font-[560]">{span(change.leadTimeMs)}</span>
          ) : (
            <span className="text-ink-3">no lead time</span>
          )}
        </p>
      </div>
      {change.kind === "timed" ? (
        <div className="mt-1.5">
          <StageBar lengthOf={(stage) => change.stages[stage]} />
        </div>
      ) : (
        change.reason && <p className="text-small text-ink-2">{EXCLUSION_WORD[change.reason]}.</p>
      )}
      <Commits commits={change.commits} />
    </>
  );
}
