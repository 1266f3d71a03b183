"use client";

import { Banner } from "#components/ui/banner.tsx";
import { Time, useNow, useZone } from "#components/ui/time.tsx";
import { span } from "#lib/format/numbers.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Evaluations come once a minute; three without one is not live any more. */
const STALE_MS = 3 * MINUTE;

interface AgeProps {
  readonly evaluatedAt: number;
  /** When they were read: stands for the present until the page is awake. */
  readonly readAt?: number;
}

/** How old the numbers are, and that they are live. */
export function Age({ evaluatedAt, readAt = evaluatedAt }: AgeProps) {
  const now = useNow(1000) ?? readAt;
  const zone = useZone();
  const age = Math.max(0, now - evaluatedAt);
  return (
    <p className="text-small text-ink-3">
      {age <= STALE_MS ? "live" : "not live"}, {span(age)} old. All numbers as of{" "}
      <Time at={evaluatedAt} show="clock" />, {zone}
    </p>
  );
}

interface StaleProps {
  readonly evaluatedAt: number | null;
  readonly readAt?: number;
  /** Why the last attempt to fetch failed; null when it went well. */
  readonly failure: string | null;
}

/** Appears when what is shown can no longer be called live, and says why. */
export function StaleBanner({ evaluatedAt, readAt, failure }: StaleProps) {
  const now = useNow(10_000) ?? readAt ?? 0;
  const age = evaluatedAt === null ? 0 : now - evaluatedAt;
  if (failure === null && age <= STALE_MS) return null;
  return (
    <div role="alert" className="mb-4">
      <Banner tone="warning">
        <b className="font-[580]">
          {evaluatedAt === null ? "No numbers yet." : <AsOf at={evaluatedAt} />}
        </b>{" "}
        {failure ? `Refreshing failed: ${failure} It is tried again by itself.` : NOT_EVALUATED}
      </Banner>
    </div>
  );
}

const NOT_EVALUATED =
  "Nothing has been evaluated since; the worker may be stopped or busy. Its log says more.";

function AsOf({ at }: { at: number }) {
  return (
    <>
      These numbers are of <Time at={at} show="both" />.
    </>
  );
}
