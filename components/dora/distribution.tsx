"use client";

import { ChartFrame } from "#components/charts/chart-frame.tsx";
import { barName, distributionWords } from "#components/dora/distribution-words.ts";
import { Cell, Head } from "#components/dora/table-parts.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { Bar } from "#lib/dora/distribution.ts";
import { count } from "#lib/format/numbers.ts";

/** How lead times distribute: most pages of others show a median alone, and hide the tail. */
export function Distribution({ bars }: { bars: readonly Bar[] }) {
  return (
    <ChartFrame
      title="Distribution of lead times"
      note="changes by how long they took"
      summary={distributionWords(bars)}
      height={220}
      plot={<Plot bars={bars} />}
      table={() => <Table bars={bars} />}
    />
  );
}

function Plot({ bars }: { bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ n }) => n));
  return (
    <div aria-hidden="true" className="flex h-full items-end gap-1">
      {bars.map((bar) => (
        <div key={bar.fromMs} className="flex h-full min-w-0 flex-1 flex-col">
          <div className="flex min-h-0 flex-1 flex-col justify-end">
            <span className="text-center text-small text-ink-2">{bar.n === 0 ? "" : bar.n}</span>
            <span
              className="flex-none rounded-t-[3px] bg-accent/70"
              style={{ height: `${(bar.n / most) * 80}%`, minHeight: bar.n > 0 ? 2 : 0 }}
            />
          </div>
          <span className="flex h-9 justify-center border-t border-line-2 pt-1 text-center text-[11px] leading-tight text-ink-3 max-lg:h-18 max-lg:items-center max-lg:justify-start max-lg:whitespace-nowrap max-lg:[writing-mode:vertical-rl]">
            {barName(bar)}
          </span>
        </div>
      ))}
    </div>
  );
}

function Table({ bars }: { bars: readonly Bar[] }) {
  return (
    <ScrollRegion
      label="Distribution of lead times as a table"
      className="h-full overflow-auto rounded-md border border-line"
    >
      <table className="w-full border-collapse text-small">
        <caption className="sr-only">Changes by how long they took</caption>
        <thead>
          <tr>
            <Head left>Lead time</Head>
            <Head>Changes</Head>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.fromMs} className="border-t border-line">
              <Cell left>{barName(bar)}</Cell>
              <Cell>{count(bar.n)}</Cell>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
