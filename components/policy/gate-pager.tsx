import Link from "next/link";
import { gateLogPath } from "#components/layout/paths.ts";
import type { GateLogView } from "#components/policy/view.ts";

/** Older answers of the same filter, and the way back to the newest. */
export function GatePager({ view: { fields, older, isLater } }: { view: GateLogView }) {
  if (older === null && !isLater) return null;
  return (
    <nav aria-label="Pages" className="flex gap-5 border-t border-line px-4 py-3 text-[13px]">
      {isLater && (
        <Link href={gateLogPath(fields)} className="prose-link">
          Newest
        </Link>
      )}
      {older !== null && (
        <Link href={gateLogPath({ ...fields, before: older })} className="prose-link">
          Older
        </Link>
      )}
    </nav>
  );
}
