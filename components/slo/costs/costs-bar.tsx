import { costSummary } from "#components/slo/costs/shares.ts";
import type { SloCosts } from "#components/slo/costs/view.ts";

const HATCH = "repeating-linear-gradient(135deg, var(--unknown) 0 1.5px, transparent 1.5px 5px)";

export const COST_FILL = {
  incident: "var(--out-fill)",
  deployment: "var(--watch-fill)",
  others: "var(--unknown-fill)",
  unattributed: HATCH,
} as const;

/** All that was spent as one bar, dearest first, what nothing explains at the end. */
export function CostsBar({ costs }: { costs: SloCosts }) {
  const { parts, others, unattributed, bad } = costs;
  const pieces = [
    ...parts.map(({ kind, id, bad: own }) => ({ key: `${kind} ${id}`, kind, bad: own })),
    ...(others ? [{ key: "others", kind: "others" as const, bad: others.bad }] : []),
    { key: "unattributed", kind: "unattributed" as const, bad: unattributed.bad },
  ];
  return (
    <div
      role="img"
      aria-label={costSummary(costs)}
      className="flex h-3.5 gap-px overflow-hidden rounded-[3px] bg-ink/6"
    >
      {pieces
        .filter((piece) => piece.bad > 0)
        .map(({ key, kind, bad: own }) => (
          <span
            key={key}
            className="min-w-[2px]"
            style={{ flexGrow: own / bad, flexBasis: 0, background: COST_FILL[kind] }}
          />
        ))}
    </div>
  );
}
