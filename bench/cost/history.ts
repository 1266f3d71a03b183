import { DAY, MINUTE } from "#lib/time/duration.ts";

const SCRAPE_MS = 30_000;
const PODS = ["a", "b", "c"];
const EACH_SCRAPE = { "200": 90, "500": 0.09 };

/** The selector of the SLI that every tool measures here. */
export const JOB = "cost";

/**
 * 30-second scrapes of three steady pods, and the 5-minute error ratio that Sloth would have recorded
 * every minute: its 30-day rule reads that. One OpenMetrics text a day.
 */
export function* steadyHistory(from: number, to: number): Generator<string> {
  for (let day = from; day < to; day += DAY) {
    const requests = times(day, Math.min(to, day + DAY), SCRAPE_MS).flatMap((at) =>
      scrape(at, from),
    );
    const ratios = times(day, Math.min(to, day + DAY), MINUTE).map(
      (at) => `slo:sli_error:ratio_rate5m{sloth_id="cost"} 0.001 ${at / 1000}`,
    );
    yield [
      "# TYPE http_requests counter",
      ...requests,
      "# TYPE slo:sli_error:ratio_rate5m gauge",
      ...ratios,
      "# EOF\n",
    ].join("\n");
  }
}

function times(from: number, to: number, stepMs: number): number[] {
  return Array.from({ length: (to - from) / stepMs }, (_, i) => from + i * stepMs);
}

function scrape(at: number, from: number): string[] {
  const scrapes = (at - from) / SCRAPE_MS;
  return PODS.flatMap((pod) =>
    Object.entries(EACH_SCRAPE).map(
      ([code, each]) =>
        `http_requests_total{job="${JOB}",pod="${pod}",code="${code}"} ${Math.floor(scrapes * each) + 1} ${at / 1000}`,
    ),
  );
}
