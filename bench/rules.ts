import { JOB, steadyHistory } from "#bench/cost/history.ts";
import { samplesOf } from "#bench/cost/meter.ts";
import { type CostRule, pyrraRules, slothRules } from "#bench/cost/rules.ts";
import { type Report, reportOf } from "#bench/report.ts";
import { sliOf } from "#bench/truth/openmetrics.ts";
import { sloRules } from "#lib/rules/group.ts";
import type { RecordingRule, Rule } from "#lib/rules/model.ts";
import { sloOf } from "#lib/slo/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import { startPrometheus } from "../e2e/servers/prometheus.ts";

const FROM = Date.UTC(2026, 0, 1);
const TO = FROM + 31 * DAY;

/** Our exported rules against those of the two common tools, alerts included, on one real Prometheus. */
export async function rulesBench(): Promise<Report> {
  const rules = exported();
  const server = await startPrometheus({ history: days(rules) });
  try {
    const cost = (of: readonly CostRule[]) => samplesAnHour(server.url, of);
    const ours = await cost(rules.map(({ expr }) => ({ expr, everyMs: MINUTE })));
    const sloth = await cost(slothRules(JOB));
    const pyrra = await cost(pyrraRules(JOB));
    return reportOf("Samples that the rules of one SLO read in an hour (totalQueryableSamples)", [
      {
        what: "three steady pods",
        value: ours,
        unit: "samples",
        against: { what: "Sloth's rules", value: sloth },
      },
      {
        what: "three steady pods",
        value: ours,
        unit: "samples",
        against: { what: "Pyrra's rules", value: pyrra },
      },
    ]);
  } finally {
    await server.stop();
  }
}

function exported(): readonly Rule[] {
  const options = { url: "https://plimsoll.example", extraLabels: {}, scrapeIntervalMs: 30_000 };
  return sloRules(sloOf({ sli: sliOf(JOB) }), options).group?.rules ?? [];
}

/** A month of scrapes, and what our rules would have recorded in it. */
function* days(rules: readonly Rule[]): Generator<string> {
  const recordings = rules.filter((rule) => "record" in rule);
  let day = FROM;
  for (const scraped of steadyHistory(FROM, TO)) {
    const recorded = recordings.flatMap((rule) => recordedOn(rule, day));
    yield scraped.replace("# EOF\n", [...recorded, "# EOF\n"].join("\n"));
    day += DAY;
  }
}

/** How many samples are read does not hang on their values, as long as totals grow. */
function recordedOn({ record, labels }: RecordingRule, day: number): string[] {
  const matchers = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  const minutes = Array.from({ length: DAY / MINUTE }, (_, i) => day + i * MINUTE);
  return [
    `# TYPE ${record} gauge`,
    ...minutes.map((at) => `${record}{${matchers.join(",")}} ${(at - FROM) / MINUTE} ${at / 1000}`),
  ];
}

/** Each rule is evaluated twice in the last hour; it reads about the same each time. */
async function samplesAnHour(url: string, rules: readonly CostRule[]): Promise<number> {
  let total = 0;
  for (const { expr, everyMs } of rules) {
    const read = await Promise.all([TO - HOUR, TO - MINUTE].map((at) => samplesOf(url, expr, at)));
    total += ((read.reduce((sum, each) => sum + each, 0) / read.length) * HOUR) / everyMs;
  }
  return total;
}
