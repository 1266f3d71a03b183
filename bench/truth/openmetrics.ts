import type { Interval, TruthCase } from "#bench/truth/cases.ts";
import { type Scrape, type Simulated, simulate } from "#bench/truth/simulate.ts";
import { DAY } from "#lib/time/duration.ts";

/** Cases played over a span, with what a Prometheus would have scraped of them. */
export interface Truth {
  readonly span: Interval;
  readonly cases: ReadonlyMap<string, Simulated>;
}

export function playCases(cases: readonly TruthCase[], span: Interval): Truth {
  return { span, cases: new Map(cases.map((each) => [each.name, simulate(each, span)])) };
}

/** One OpenMetrics text a day: counters `http_requests_total{job, pod, code}`. */
export function* openMetricsDays({ span, cases }: Truth): Generator<string> {
  for (let day = span.from; day < span.to; day += DAY) {
    const lines = [...cases].flatMap(([job, { scrapes }]) =>
      scrapes.filter(({ at }) => at >= day && at < day + DAY).flatMap((s) => samples(job, s, 1000)),
    );
    yield `# TYPE http_requests counter\n${lines.join("\n")}\n# EOF\n`;
  }
}

/** The same samples in Prometheus's exposition format, times in ms, as VictoriaMetrics imports them. */
export function expositionText({ cases }: Truth): string {
  return [...cases]
    .flatMap(([job, { scrapes }]) => scrapes.flatMap((scrape) => samples(job, scrape, 1)))
    .join("\n");
}

function samples(job: string, { at, pod, ok, bad }: Scrape, msPerUnit: number): string[] {
  const line = (code: string, value: number | null) =>
    value === null
      ? []
      : [
          `http_requests_total{job="${job}",pod="${pod}",code="${code}"} ${value} ${at / msPerUnit}`,
        ];
  return [...line("200", ok), ...line("500", bad)];
}

/** The events SLI of one case. */
export function sliOf(job: string) {
  return {
    kind: "events",
    counts: "bad",
    numerator: `sum(rate(http_requests_total{job="${job}",code=~"5.."}[5m]))`,
    total: `sum(rate(http_requests_total{job="${job}"}[5m]))`,
  } as const;
}
