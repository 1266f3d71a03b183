import Link from "next/link";
import { gapWords, servicesWords } from "#components/dora/gap-words.ts";
import type { DoraView } from "#components/dora/view.ts";
import { scopeWords, windowWords } from "#components/dora/window-words.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Gap } from "#lib/dora/gaps.ts";

/** What is shown, of whom and when, and how fresh it is. */
export function DoraHeading({ view }: { view: DoraView }) {
  const { window, sources, readAt } = view;
  return (
    <header>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h1>Delivery</h1>
        <Link href="/dora/reviews" className="prose-link text-[13px]">
          Monthly reviews
        </Link>
      </div>
      <p className="mt-1 text-ink-2">
        {windowWords(window)} ({window.zone}), {scopeWords(view)}.
      </p>
      <p className="mt-0.5 text-small text-ink-3">
        As of <Time at={readAt} />
        {sources.map(({ name, lastSuccessAt }) => (
          <span key={name}>
            ; {name}{" "}
            {lastSuccessAt === null ? (
              "has not answered yet"
            ) : (
              <>
                read <Time at={lastSuccessAt} show="relative" />
              </>
            )}
          </span>
        ))}
      </p>
    </header>
  );
}

/** What keeps these numbers from being whole. */
export function DoraNotices({ view }: { view: DoraView }) {
  const { gaps, blind, window, sources } = view;
  const failed = sources.filter(({ state }) => state === "failed").map(({ name }) => name);
  return (
    <>
      {failed.length > 0 && (
        <Banner tone="warning">
          {failed.join(" and ")} cannot be read now: what happened since is missing. The sources
          page says why.
        </Banner>
      )}
      {gaps.length > 0 && (
        <Banner tone="warning">
          <Missing gaps={gaps} zone={window.zone} />
        </Banner>
      )}
      {blind.length > 0 && (
        <Banner tone="quiet">
          Of incidents of {servicesWords(blind)} nothing is known, so neither is their failure rate.
          Connect a source, or post incidents to /api/v1/incidents.
        </Banner>
      )}
    </>
  );
}

/** What is missing of a range, in times of its zone. */
export function Missing({ gaps, zone }: { gaps: readonly Gap[]; zone: string }) {
  return (
    <>
      Not all of this range is known; numbers over it cover the rest alone.{" "}
      {gapWords(gaps, zone).join(" ")} Times are in {zone}.
    </>
  );
}
