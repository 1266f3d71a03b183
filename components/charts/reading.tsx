import type { ReactNode } from "react";
import type { Datum } from "#components/charts/data.ts";
import { apartText } from "#lib/charts/apart.ts";
import { happeningText } from "#lib/charts/happening-words.ts";
import type { HappeningMark } from "#lib/charts/happenings.ts";
import type { Bin, ChartView } from "#lib/charts/view.ts";
import type { Words } from "#lib/charts/words.ts";
import { dateTime } from "#lib/format/time.ts";
import { MINUTE } from "#lib/time/duration.ts";

interface ReadingProps {
  readonly datum: Datum;
  readonly view: ChartView;
  readonly words: Words;
  readonly tier: string;
}

/** What hovering or the arrow keys show: one moment, all charts' figures with units, local time and UTC. */
export function Reading({ datum, view, words, tier }: ReadingProps) {
  return (
    <div className="chart-reading rounded-lg border border-line-2 bg-raised px-3 py-2 text-small shadow-lg">
      <p className="font-medium text-ink tabular-nums">{words.time(datum.x)}</p>
      <p className="mb-1.5 text-[11.5px] text-ink-3 tabular-nums">
        {dateTime(datum.x, "UTC")} UTC
        {datum.bin ? ` · ${words.span(datum.bin.at - datum.bin.from)} up to here` : " · projected"}
      </p>
      <dl className="grid grid-cols-[auto_auto] gap-x-5 gap-y-0.5 tabular-nums">
        {datum.bin ? (
          <PastRows bin={datum.bin} view={view} words={words} tier={tier} />
        ) : (
          <FutureRows datum={datum} words={words} />
        )}
      </dl>
    </div>
  );
}

function PastRows({
  bin,
  view,
  words,
  tier,
}: {
  bin: Bin;
  view: ChartView;
  words: Words;
  tier: string;
}) {
  const shown = view.tiers.find((t) => t.tier === tier);
  const bad = Math.max(0, bin.total - bin.good);
  const firing = view.alerts.filter(
    (a) => a.startedAt < bin.at && (a.endedAt ?? view.to) > bin.from,
  );
  const apart = apartText(view.apart, bin);
  const missing = (bin.at - bin.from) / MINUTE - bin.covered;
  return (
    <>
      <Row name="Budget left">
        {bin.remaining === null ? "not known" : words.share(bin.remaining)}
      </Row>
      {[shown?.long, shown?.short].map((window) => (
        <Row key={window} name={`Burn ${window}, peak`}>
          {burnText(bin.burn[view.burnWindows.indexOf(window ?? "")] ?? null, words)}
        </Row>
      ))}
      <Row name="SLI">{bin.sli === null ? "nothing counted" : words.precise(bin.sli)}</Row>
      <Row name={`Bad ${view.unit}`}>{`${words.count(bad)} of ${words.count(bin.total)}`}</Row>
      {missing >= 1 && <Row name="Without data">{words.span(missing * MINUTE)}</Row>}
      {firing.length > 0 && (
        <Row name="Firing">{[...new Set(firing.map((a) => a.tier))].join(", ")}</Row>
      )}
      {apart !== "" && <LongRow name="Apart">{apart}</LongRow>}
      <HappenedRows marks={marksAround(bin, view)} words={words} />
    </>
  );
}

/** A mark is read from anywhere in the stretch that it stands for. */
function marksAround(bin: Bin, { marks }: ChartView): HappeningMark[] {
  return marks.filter((mark) => mark.from < bin.at && mark.to > bin.from);
}

function HappenedRows({ marks, words }: { marks: readonly HappeningMark[]; words: Words }) {
  return marks.map((mark) => (
    <LongRow key={mark.kind} name={HAPPENED[mark.kind]}>
      {happeningText(mark, words)}
    </LongRow>
  ));
}

const HAPPENED = { deployment: "Deployed", incident: "Incident" } as const;

function FutureRows({ datum, words }: { datum: Datum; words: Words }) {
  return (
    <>
      {datum.clean !== null && <Row name="If nothing fails">{words.share(datum.clean)}</Row>}
      {datum.pace !== null && <Row name="At the pace of 6 h">{words.share(datum.pace)}</Row>}
    </>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="text-right text-ink">{children}</dd>
    </>
  );
}

function LongRow({ name, children }: { name: string; children: string }) {
  return (
    <Row name={name}>
      <span className="inline-block max-w-[34ch] text-pretty">{children}</span>
    </Row>
  );
}

function burnText(burn: number | null, words: Words): string {
  return burn === null ? "not known" : words.times(burn);
}
