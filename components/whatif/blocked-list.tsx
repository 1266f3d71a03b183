import Link from "next/link";
import { deploymentPath } from "#components/layout/paths.ts";
import { Time } from "#components/ui/time.tsx";
import { count } from "#lib/format/numbers.ts";
import type { Side } from "#lib/whatif/side.ts";

const SHOWN = 12;

/** The production deployments that a block would have met, newest first. */
export function BlockedList({ side: { blocked, blockedCount } }: { side: Side }) {
  if (blockedCount === 0) {
    return <p className="text-[13px] text-ink-3">None would have met a block.</p>;
  }
  return (
    <>
      <ul className="grid gap-2 text-[13px] tabular-nums">
        {blocked.slice(0, SHOWN).map(({ id, title, at }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <Link href={deploymentPath(id)} className="prose-link min-w-0 break-all">
              {title}
            </Link>
            <span className="text-ink-2">
              <Time at={at} />
            </span>
          </li>
        ))}
      </ul>
      {blockedCount > SHOWN && (
        <p className="mt-2 text-small text-ink-3">and {count(blockedCount - SHOWN)} earlier ones</p>
      )}
      <p className="mt-2 text-small text-ink-3">
        Exceptions and exempt changes would have let some of them through.
      </p>
    </>
  );
}
