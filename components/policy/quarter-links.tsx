import Link from "next/link";
import { quarterPath } from "#components/layout/paths.ts";
import type { QuarterView } from "#components/policy/view.ts";

/** The quarters one can look at; the one that is seen is marked. */
export function QuarterLinks({ view: { quarter, quarters, team } }: { view: QuarterView }) {
  return (
    <nav aria-label="Quarters" className="no-print flex flex-wrap gap-x-4 gap-y-1.5 text-[13px]">
      {quarters.map((each) => (
        <Link
          key={each}
          href={quarterPath({ quarter: each, team })}
          aria-current={each === quarter ? "page" : undefined}
          className="prose-link text-ink-2 aria-[current]:font-[580] aria-[current]:text-ink aria-[current]:no-underline"
        >
          {each}
        </Link>
      ))}
    </nav>
  );
}
