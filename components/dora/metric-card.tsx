import { comparedText, detailText, valueText } from "#components/dora/figures.ts";
import { Flags } from "#components/dora/flags.tsx";
import { RowsLink } from "#components/dora/rows-link.tsx";
import { TrendLine } from "#components/dora/trend-line.tsx";
import { trendWords } from "#components/dora/trend-words.ts";
import type { DoraView, MetricView } from "#components/dora/view.ts";
import {
  absenceWords,
  CADENCE_WORD,
  levelWords,
  METRIC_WORD,
  sourceWords,
} from "#components/dora/words.ts";
import type { DoraAddress } from "#components/layout/paths.ts";
import { Card } from "#components/ui/card.tsx";
import { count } from "#lib/format/numbers.ts";

interface MetricCardProps {
  readonly metric: MetricView;
  readonly view: Pick<DoraView, "address" | "addressBefore"> & Partial<Pick<DoraView, "cadence">>;
}

/** One metric with all that is needed to trust it. Its numbers open the rows behind them. */
export function MetricCard({ metric, view }: MetricCardProps) {
  const { name, now, trend } = metric;
  const none = absenceWords(now);
  return (
    <Card className="flex flex-col gap-2 px-4 py-3.5">
      <h2 className="text-[13px] font-[560] text-ink-2">{METRIC_WORD[name]}</h2>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <RowsLink address={view.address} name={name} className="text-[22px] font-[640]">
          {valueText(now)}
        </RowsLink>
        <Before metric={metric} address={view.addressBefore} />
      </p>
      {none && <p className="text-[13px] text-ink-2">{none}</p>}
      <ul className="text-small text-ink-2">
        {detailText(name, now).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {name === "deploymentFrequency" && view.cadence && <li>{CADENCE_WORD[view.cadence]}</li>}
      </ul>
      <Flags metric={now} zone={view.address.zone || "UTC"} />
      <div className="mt-auto space-y-1.5 pt-1">
        <TrendLine points={trend} label={trendWords(metric)} />
        <LevelLine metric={metric} />
        <p className="text-small text-ink-3">
          {sourceWords(now.source)}
          <Excluded metric={metric} address={view.address} />
        </p>
      </div>
    </Card>
  );
}

/** The number before, and how this one compares. */
function Before({
  metric: { name, now, before },
  address,
}: {
  metric: MetricView;
  address: DoraAddress;
}) {
  const compared = comparedText(name, now, before);
  return (
    <span className="text-small text-ink-3">
      {compared && <span className="text-ink-2">{compared}; </span>}
      before{" "}
      <RowsLink address={address} name={name}>
        {valueText(before)}
      </RowsLink>
    </span>
  );
}

function LevelLine({ metric: { level } }: { metric: MetricView }) {
  if (level?.state !== "level") {
    return <p className="text-small text-ink-3 first-letter:uppercase">{levelWords(level)}</p>;
  }
  return (
    <p className="text-small text-ink-2">
      <span className="inline-block font-[560] first-letter:uppercase">{levelWords(level)}</span>{" "}
      <span className="text-ink-3">{level.source}</span>
    </p>
  );
}

function Excluded({ metric, address }: { metric: MetricView; address: DoraAddress }) {
  const { name, excluded } = metric;
  if (excluded === 0) return null;
  return (
    <>
      ;{" "}
      <RowsLink address={address} name={name}>
        {count(excluded)} left out
      </RowsLink>
    </>
  );
}
