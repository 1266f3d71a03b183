import type { SloPage } from "#app/_data/slo/query.ts";
import type { AsOf, SloHead, SourceView } from "#components/slo/detail/view.ts";
import { STATE_WORD } from "#components/slo/state-mark.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Time, useNow } from "#components/ui/time.tsx";
import { percent } from "#lib/format/numbers.ts";
import { MINUTE } from "#lib/time/duration.ts";
import type { SloUrl } from "./slo-url.ts";

interface SloNoticesProps {
  readonly page: SloPage;
  /** Why the newest refresh failed. */
  readonly failure: Error | null;
  readonly url: SloUrl;
}

/** What a reader must know before believing the numbers: other times, missing data, failed refreshes. */
export function SloNotices({ page, failure, url }: SloNoticesProps) {
  const { head, problem } = page;
  return (
    <div className="grid gap-2 empty:hidden">
      {head.asOf && <AsOfNotice asOf={head.asOf} head={head} url={url} />}
      {page.everything && <EverythingNotice url={url} />}
      {head.retiredAt !== null && (
        <Banner tone="warning">
          Its document is gone: nothing is counted any more, its history stays.
        </Banner>
      )}
      {head.source && head.retiredAt === null && !head.asOf && (
        <SourceNotice source={head.source} />
      )}
      {!head.asOf && head.retiredAt === null && <StaleNotice head={head} />}
      {failure && (
        <Banner tone="warning">
          This page cannot be refreshed: {failure.message} It shows what was known at{" "}
          <Time at={head.readAt} show="clock" />.
        </Banner>
      )}
      {problem && <Banner tone="quiet">{problem}</Banner>}
    </div>
  );
}

/** Numbers that are not those in force must not be taken for them. */
function EverythingNotice({ url }: { url: SloUrl }) {
  return (
    <Banner tone="warning">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p>
          <b className="font-semibold">Nothing is left out.</b> All numbers here are computed as if
          no time were excluded. Alerts, policy and gate go by the numbers with exclusions.
        </p>
        <Button onClick={() => url.setExclusions(null)}>Leave out again</Button>
      </div>
    </Banner>
  );
}

function AsOfNotice({ asOf, head, url }: { asOf: AsOf; head: SloHead; url: SloUrl }) {
  const { recorded } = asOf;
  return (
    <Banner tone="warning">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p>
          <b className="font-semibold">
            As of <Time at={asOf.at} />.
          </b>{" "}
          Numbers are computed with the definition in force then (version {head.definition.version})
          and the data through then.{" "}
          {recorded
            ? "States are those that were recorded."
            : "Nothing had been evaluated by then, so the state is what today's data gives."}{" "}
          {recorded?.computed &&
            `Data that came later would have made it ${STATE_WORD[recorded.computed]}; ${STATE_WORD[recorded.state]} was recorded.`}
        </p>
        <Button onClick={() => url.setMoment(null)}>Back to now</Button>
      </div>
    </Banner>
  );
}

function SourceNotice({ source }: { source: SourceView }) {
  if (source.queryError) {
    return (
      <Banner tone="bad">{`${source.name} refuses this SLO's query: ${source.queryError}`}</Banner>
    );
  }
  if (source.state === "failed") {
    return (
      <Banner tone="bad">
        {source.name} does not answer
        {source.errorSince !== null && (
          <>
            {" "}
            since <Time at={source.errorSince} show="both" />
          </>
        )}
        : {sentence(source.error ?? "no reason given")} What is missing is fetched when it is back.
      </Banner>
    );
  }
  if (source.backfill === null) return null;
  return (
    <Banner tone="quiet">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span>
          History is being fetched, newest days first: {percent(source.backfill)} done. Numbers
          cover what is here so far; nothing alerts or blocks before it is complete.
        </span>
        <progress
          value={source.backfill}
          aria-label="Backfill"
          className="h-1.5 w-40 appearance-none overflow-hidden rounded bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
        />
      </div>
    </Banner>
  );
}

/** Servers end what they say as they like. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

const STALE_MS = 5 * MINUTE;

/** An evaluation happens each minute; when the newest is old, nobody is counting. */
function StaleNotice({ head }: { head: SloHead }) {
  const now = useNow();
  const evaluated = head.status ? Date.parse(head.status.asOf) : null;
  if (now === null || evaluated === null || now - evaluated < STALE_MS) return null;
  return (
    <Banner tone="warning">
      The newest evaluation is of <Time at={evaluated} show="both" />. The collector may have
      stopped.
    </Banner>
  );
}
