import type { ReactNode } from "react";
import { STATE_INK, StateShape } from "#components/slo/state-mark.tsx";
import { BackfillBar } from "#components/sources/backfill-bar.tsx";
import { GapsTable } from "#components/sources/gaps-table.tsx";
import { Refusals } from "#components/sources/refusals.tsx";
import { SuspectsTable } from "#components/sources/suspects-table.tsx";
import type { SourceView } from "#components/sources/view.ts";
import { adviceFor, countingWords, sourceMark } from "#components/sources/words.ts";
import { Card } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";
import { count, span } from "#lib/format/numbers.ts";

/** One upstream: how it answers, how far its data reaches, and what is missing. */
export function SourceCard({ source, now }: { source: SourceView; now: number }) {
  return (
    <Card>
      <section aria-label={`Source ${source.name}`}>
        <Head source={source} now={now} />
        <Trouble source={source} />
        <Facts source={source} now={now} />
        {source.backfill && <BackfillBar backfill={source.backfill} />}
        <Refusals refusals={source.refusals} refused={source.refused} />
        <GapsTable gaps={source.gaps} now={now} />
        <SuspectsTable suspects={source.suspects} />
      </section>
    </Card>
  );
}

function Head({ source, now }: { source: SourceView; now: number }) {
  const { mark, word } = sourceMark(source, now);
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 pt-3.5 pb-3">
      <h2 className="text-[15px]">{source.name}</h2>
      <span className={`inline-flex items-center gap-[7px] font-[540] ${STATE_INK[mark]}`}>
        <StateShape state={mark} />
        {word}
      </span>
      <span className="min-w-0 text-small sm:ml-auto text-ink-3 [overflow-wrap:anywhere]">
        {source.flavour ?? "Prometheus"}
        {source.address && <span className="ml-2 font-mono">{source.address}</span>}
      </span>
    </div>
  );
}

/** The error and warnings in words, and what to do about them. */
function Trouble({ source }: { source: SourceView }) {
  const advice = adviceFor(source);
  if (!source.error && !advice && source.warnings.length === 0) return null;
  const tone =
    source.state === "failed" ? "border-out-fill bg-out-fill/8" : "border-risk-fill bg-risk-fill/8";
  return (
    <div className={`mx-4 mb-3 space-y-1 border-l-3 px-3 py-2 text-[13px] ${tone}`}>
      {source.error && (
        <p className="font-[560] [overflow-wrap:anywhere]">
          {source.error}
          {source.errorSince !== null && (
            <span className="font-normal text-ink-2">
              {" "}
              since <Time at={source.errorSince} show="both" />
            </span>
          )}
        </p>
      )}
      {advice && <p className="text-ink-2">{advice}</p>}
      {source.warnings.map((warning) => (
        <p key={warning} className="text-ink-2 [overflow-wrap:anywhere]">
          The server warns: {warning}
        </p>
      ))}
    </div>
  );
}

function Facts({ source, now }: { source: SourceView; now: number }) {
  const { lastSuccessAt, watermark, slis, refused } = source;
  const behind = watermark === null ? undefined : `${span(Math.max(0, now - watermark))} behind`;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 border-t border-line px-4 py-3 lg:grid-cols-4">
      <Fact name="Last answer">
        {lastSuccessAt === null ? "none yet" : <Time at={lastSuccessAt} show="relative" />}
      </Fact>
      <Fact name="Data through" note={behind}>
        {watermark === null ? "none yet" : <Time at={watermark} />}
      </Fact>
      <Fact name="SLIs counted" note={refused > 0 ? `${count(refused)} refused` : undefined}>
        {count(slis - refused)}
      </Fact>
      <Fact name="Counts by">
        <span className="font-normal">{countingWords(source)}</span>
      </Fact>
    </dl>
  );
}

function Fact({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-ink-3">{name}</dt>
      <dd className="font-[560]">{children}</dd>
      {note && <dd className="text-small text-ink-3">{note}</dd>}
    </div>
  );
}
