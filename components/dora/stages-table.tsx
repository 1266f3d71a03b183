import { StageBar, Swatch } from "#components/dora/stage-bar.tsx";
import { Cell, Head } from "#components/dora/table-parts.tsx";
import type { MetricFigures } from "#components/dora/view.ts";
import { STAGE_WORD } from "#components/dora/words.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { meanOf } from "#lib/dora/leadTimeChange.ts";
import type { StageSummary } from "#lib/dora/metric.ts";
import { count, span } from "#lib/format/numbers.ts";

interface StagesProps {
  readonly now: MetricFigures;
  readonly before: MetricFigures;
}

/** Where lead time goes: the mean of each stage, which sum to the mean of the whole, and the medians. */
export function StagesTable({ now, before }: StagesProps) {
  const { stages } = now;
  if (!stages) return null;
  const earlier = new Map(before.stages?.map((summary) => [summary.stage, summary.meanMs]));
  const means = new Map(stages.map(({ stage, meanMs }) => [stage, meanMs]));
  return (
    <>
      <div className="px-4 pb-3">
        <StageBar lengthOf={(stage) => means.get(stage) ?? null} />
      </div>
      <ScrollRegion label="Stages of lead time">
        <table className="w-full border-collapse text-[13px]">
          <caption className="sr-only">
            Stages of lead time: the means sum to the mean lead time, medians do not.
          </caption>
          <thead>
            <tr>
              <Head left>Stage</Head>
              <Head>Mean</Head>
              <Head>Mean before</Head>
              <Head>Median</Head>
              <Head>Changes that had it</Head>
            </tr>
          </thead>
          <tbody>
            {stages.map((summary) => (
              <StageRow
                key={summary.stage}
                summary={summary}
                before={earlier.get(summary.stage) ?? null}
              />
            ))}
            <tr className="border-t border-line-2 font-[560]">
              <Cell left>All stages</Cell>
              <Cell>{span(meanOf(stages))}</Cell>
              <Cell>{before.stages ? span(meanOf(before.stages)) : "n/a"}</Cell>
              <Cell>{span(now.value ?? 0)}</Cell>
              <Cell>{count(now.n)}</Cell>
            </tr>
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}

function StageRow({ summary, before }: { summary: StageSummary; before: number | null }) {
  const { stage, meanMs, medianMs, n } = summary;
  return (
    <tr className="border-t border-line">
      <Cell left>
        <span className="flex items-center gap-2">
          <Swatch stage={stage} />
          <span className="inline-block first-letter:uppercase">{STAGE_WORD[stage]}</span>
        </span>
      </Cell>
      <Cell>{span(meanMs)}</Cell>
      <Cell>{before === null ? "n/a" : span(before)}</Cell>
      <Cell>{medianMs === null ? "none had it" : span(medianMs)}</Cell>
      <Cell>{count(n)}</Cell>
    </tr>
  );
}
