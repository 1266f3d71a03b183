import fc from "fast-check";
import { DEFAULT_POLICY } from "#lib/policy/policy.ts";
import { calendarWindow } from "#lib/spec/calendar.ts";
import { defaultAlerting } from "#lib/spec/details.ts";
import type {
  AlertingOptions,
  Budgeting,
  PolicyClauses,
  SliDefinition,
  SloDefinition,
  SloWindow,
} from "#lib/spec/model.ts";
import { nameTiers } from "#lib/spec/tiers.ts";
import { DAY, formatDuration, MINUTE } from "#lib/time/duration.ts";

/** Arbitrary SLOs that a plain document could say: what reading one gives. */

const name = fc.constantFrom("api", "availability", "a.b_c-d", "A1", "x".repeat(60));
const text = fc.constantFrom("Requests that succeed", "a: b # c", "yes", "1", "line one\nline two");
const selector = fc.constantFrom("x_total", 'x_total{code=~"5.."}', 'x_bucket{le="0.5"}');
const range = fc.constantFrom("5m", "1h");

const rate = fc
  .tuple(fc.constantFrom("rate", "increase"), selector, range, fc.constantFrom("", " by (p)"))
  .map(([call, of, over, by]) => `sum${by}(${call}(${of}[${over}]))`);

const share = fc.integer({ min: 500_001, max: 999_999 }).map((n) => n / 1_000_000);

const events: fc.Arbitrary<SliDefinition> = fc.record({
  kind: fc.constant("events" as const),
  counts: fc.constantFrom("good" as const, "bad" as const),
  numerator: fc.oneof(rate, fc.constant("sum(sum_over_time(up[5m]))")),
  total: fc.oneof(rate, fc.constant("sum(count_over_time(up[5m]))")),
});

const NATIVE = "sum(rate(x_seconds[5m]))";
const native: fc.Arbitrary<SliDefinition> = fc.constantFrom(0.2, 2, 90).map((seconds) => ({
  kind: "events",
  counts: "good",
  numerator: `histogram_fraction(0, ${seconds}, ${NATIVE}) * histogram_count(${NATIVE})`,
  total: `histogram_count(${NATIVE})`,
}));

const threshold: fc.Arbitrary<SliDefinition> = fc.record({
  kind: fc.constant("threshold" as const),
  query: fc.constantFrom(
    "max(queue_size)",
    "histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))",
  ),
  op: fc.constantFrom("lt" as const, "lte" as const, "gt" as const, "gte" as const),
  threshold: fc.constantFrom(0, 0.5, -3, 1e6),
});

const ratio: fc.Arbitrary<SliDefinition> = fc.record({
  kind: fc.constant("ratio" as const),
  query: fc.constantFrom("my:ratio", "a # why\n/ b # how"),
  counts: fc.constantFrom("good" as const, "bad" as const),
});

const rolling = fc
  .constantFrom(1, 7, 28, 30, 90, 1.5)
  .map(
    (days): SloWindow => ({ kind: "rolling", ms: days * DAY, label: formatDuration(days * DAY) }),
  );

const calendar = fc
  .record({
    unit: fc.constantFrom("week" as const, "month" as const, "quarter" as const, "year" as const),
    zone: fc.constantFrom("UTC", "Europe/Berlin", "Pacific/Apia"),
    startsAt: fc.constantFrom(null, "2024-01-01T00:00:00", "2026-02-03T12:30:00"),
  })
  .map((of) => calendarWindow({ ...of, count: 1 }));

const budgeting: fc.Arbitrary<Budgeting> = fc.constantFrom(
  { method: "timeslices", target: 0.95, windowMs: 5 * MINUTE },
  { method: "timeslices", target: 1, windowMs: 90 * MINUTE },
  { method: "ratioTimeslices", windowMs: DAY },
);

const tier = fc.record({
  severity: fc.constantFrom("page" as const, "ticket" as const),
  factor: fc.constantFrom(14.4, 6, 1, 0.5),
  longMs: fc.integer({ min: 60, max: 4320 }).map((n) => n * MINUTE),
  shortMs: fc.integer({ min: 1, max: 59 }).map((n) => n * MINUTE),
});

const tiers = fc.array(tier, { minLength: 1, maxLength: 3 }).map((of) => nameTiers(of).tiers);

function alertingOf(sli: SliDefinition): fc.Arbitrary<AlertingOptions> {
  const usual = defaultAlerting(sli.kind);
  return fc.oneof(
    fc.constant(usual),
    fc.record({ page: fc.boolean(), ticket: fc.boolean() }).map((said) => ({ ...usual, ...said })),
    fc.constant({ ...usual, minBadEvents: 42 }),
    tiers.map((of) => ({ ...usual, tiers: of })),
    tiers.map((of) => ({
      ...usual,
      page: of.some(({ severity }) => severity === "page"),
      ticket: of.some(({ severity }) => severity === "ticket"),
      tiers: of,
    })),
  );
}

const policy = fc.constantFrom(DEFAULT_POLICY, [
  { threshold: 0.2, action: "Talk; then act", name: "Talk", gate: "allow" as const },
  { threshold: 0.9, action: "Stop", name: "Hold", gate: "block" as const },
]);

const clauses: fc.Arbitrary<PolicyClauses> = fc.record({
  postmortemAbove: fc.constantFrom(null, 0.2),
  planningAbove: fc.constantFrom(null, 1),
  exempt: fc.constantFrom([], ["p0" as const, "security" as const]),
});

const excluding = clauses.map((said) => ({ ...said, experiments: "exclude" as const }));

const START = Date.UTC(2026, 0, 31, 22);
const exclusion = fc
  .record({
    of: fc.constantFrom("slo" as const, "service" as const),
    title: fc.constantFrom("Upgrade", "a: b # c"),
    reason: fc.constantFrom("Upgrade", "Announced on\nthe status page"),
    endsAt: fc.constantFrom(START + MINUTE, START + 90 * MINUTE + 1000, START + 31 * DAY),
    rrule: fc.constantFrom(null, "FREQ=WEEKLY;BYDAY=SU"),
    zone: fc.constantFrom("UTC", "Pacific/Apia"),
  })
  .map((said) => ({ ...said, startsAt: START, file: "a.yaml" }));

/** At the top come first, as they are read. */
const exclusions = fc
  .tuple(exclusion, exclusion)
  .map(([one, other]) =>
    one.of === other.of ? [one] : one.of === "slo" ? [other, one] : [one, other],
  );

const labels = fc.constantFrom<Record<string, string>[]>(
  {},
  { tier: "1", pci: "true" },
  { team: "shop" },
  { owner: "group:default/web" },
  { team: "" },
  { service: "other", _: "x" },
);

const optional = <T>(of: fc.Arbitrary<T>, field: string) =>
  fc.oneof(
    fc.constant({}),
    of.map((value) => ({ [field]: value })),
  );

/** Any SLO whose policy, labels, alerting and window may be said or left to their defaults. */
export const definitions: fc.Arbitrary<SloDefinition> = fc
  .tuple(
    fc.oneof(events, native, threshold, ratio),
    optional(budgeting, "budgeting"),
    optional(fc.constantFrom(["p"], ["p", "q"]), "grouping"),
    optional(fc.oneof(clauses, excluding), "clauses"),
    optional(exclusions, "exclusions"),
  )
  .chain(([sli, ...more]) =>
    fc
      .record({
        service: name,
        name,
        team: fc.constantFrom(null, "shop", "web"),
        description: fc.oneof(fc.constant(null), text, fc.constant("x".repeat(1051))),
        objective: share,
        window: fc.oneof(rolling, calendar),
        sli: fc.constant(sli),
        policy,
        alerting: alertingOf(sli),
        enforced: fc.boolean(),
        formerly: fc.constantFrom<string[][]>([], ["api/old"]),
        labels,
        runbook: fc.constantFrom(null, "https://wiki.example/a?b=c#d"),
        dashboard: fc.constantFrom(null, "http://grafana.example/d/1"),
        datasource: fc.constantFrom(null, "eu"),
      })
      .map((said): SloDefinition => Object.assign({}, said, ...more)),
  );
