import { CircleCheck, CircleHelp, OctagonX, TriangleAlert } from "lucide-react";
import type { StateCount } from "#components/policy/view.ts";
import { UNKNOWN_NUMBERS } from "#components/policy/words.ts";
import { HEALTHY } from "#lib/policy/policy.ts";

/** How many services are in each policy state, the strictest first. */
export function Counts({ counts }: { counts: readonly StateCount[] }) {
  return (
    <ul aria-label="Services by policy state" className="flex flex-wrap gap-x-6 gap-y-1.5">
      {counts.map((each) => (
        <li key={each.name} className="flex items-center gap-2 text-[13px]">
          <Shape count={each} />
          <b className="text-[15px] font-[620] tabular-nums">{each.services}</b>
          <span className="text-ink-2">{each.name}</span>
        </li>
      ))}
    </ul>
  );
}

function Shape({ count: { name, blocks } }: { count: StateCount }) {
  const look = { size: 15, strokeWidth: 2, "aria-hidden": true } as const;
  if (blocks) return <OctagonX className="text-out" {...look} />;
  if (name === HEALTHY) return <CircleCheck className="text-healthy" {...look} />;
  if (name === UNKNOWN_NUMBERS) return <CircleHelp className="text-unknown" {...look} />;
  return <TriangleAlert className="text-risk" {...look} />;
}
