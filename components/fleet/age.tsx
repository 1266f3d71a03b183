"use client";

import { Banner } from "#components/ui/banner.tsx";
import { Time, useNow, useZone } from "#components/ui/time.tsx";
import { span } from "#lib/format/numbers.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Evaluations come once a minute; three without one is not live any more. */
const STALE_MS = 3 * MINUTE;

/** How old the numbers are, and that they are live. */
export function Age({ evaluatedAt }: { evaluatedAt: number }) {
  const now = useNow(1000);
  const zone = useZone();
  const age = now === null ? null : Math.max(0, now - evaluatedAt);
  const word = age === null || age <= STALE_MS ? "live" : "not live";
  return (
    <p className="text-small text-ink-3">
      {word}
      {age === null ? "" : `, ${span(age)} old`}. All numbers as of{" "}
      <Time at={evaluatedAt} show="clock" />, {zone}
    </p>
  );
}

interface StaleProps {
  readonly evaluatedAt: number | null;
  /** Why the last attempt to fetch failed; null when it went well. */
  readonly failure: string | null;
}

/** Appears when what is shown can no longer be called live, and says why. */
export function StaleBanner({ evaluatedAt, failure }: StaleProps) {
  const now = useNow(10_000);
  const age = now === null || evaluatedAt === null ? 0 : now - evaluatedAt;
  if (failure === null && age <= STALE_MS) return null;
  const why = failure
    ? `The server cannot be asked: ${failure} It is asked again every 15 s.`
    : "Nothing has been evaluated since; the worker may be stopped or busy. Its log says more.";
  return (
    <div role="alert" className="mb-4">
      <Banner tone="warning">
        <b className="font-[580]">
          {evaluatedAt === null ? (
            "No numbers yet."
          ) : (
            <>
              These numbers are of <Time at={evaluatedAt} show="both" />.
            </>
          )}
        </b>{" "}
        {why}
      </Banner>
    </div>
  );
}
