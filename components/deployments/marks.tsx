import type { MarkView } from "#components/deployments/view.ts";
import { Time } from "#components/ui/time.tsx";

const SAID: Readonly<Record<MarkView["mark"], string>> = {
  failed: "it failed",
  "not-failed": "it did not fail",
  rework: "it was rework",
  "not-rework": "it was planned",
  none: "what was said before is taken back",
};

/** What people said of a deployment, newest first: the last word counts. */
export function Marks({ marks }: { marks: readonly MarkView[] }) {
  if (marks.length === 0) {
    return <p className="px-4 pb-3 text-[13px] text-ink-2">Nobody has said anything about it.</p>;
  }
  return (
    <ul className="pb-1 text-[13px]">
      {marks.map(({ mark, reason, byName, at }) => (
        <li
          key={`${at} ${mark}`}
          className="border-t border-line px-4 py-2 [overflow-wrap:anywhere]"
        >
          {byName}, <Time at={at} />: {SAID[mark]}
          {reason && <span className="text-ink-2"> ({reason})</span>}
        </li>
      ))}
    </ul>
  );
}
