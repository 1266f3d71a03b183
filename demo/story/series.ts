import type { Labels, Shape, StagedFlow } from "#demo/story/flow.ts";
import { chance, seedOf } from "#demo/story/random.ts";

/** One series as a Prometheus server would hold it. Minutes are counted since the epoch. */
export interface StorySeries {
  /** `__name__` included. */
  readonly labels: Labels;
  readonly kind: "counter" | "gauge";
  /** First minute, and the first minute after the last. */
  readonly from: number;
  readonly to: number;
  /** A counter's growth within the minute; a gauge's level in it. */
  at(minute: number): number;
}

/** Upper bounds of every histogram, in seconds; the target of each latency SLO is among them. */
const BOUNDS = [0.1, 0.25, 0.5, 1, 2.5];

/** Share of slow requests in the good and bad minutes of a percentile: below and above 5 %. */
const SLOW_SHARE = { good: 0.02, bad: 0.09 };

/** All series that one flow leaves behind. */
export function seriesOf(staged: StagedFlow): StorySeries[] {
  const { flow, from, to } = staged;
  const make = (
    kind: StorySeries["kind"],
    name: string,
    labels: Labels,
    at: StorySeries["at"],
  ) => ({
    labels: { __name__: name, service: flow.service, ...labels },
    kind,
    from,
    to,
    at,
  });
  const { shape } = flow;
  switch (shape.kind) {
    case "outcomes":
      return [
        make(
          "counter",
          shape.metric,
          { ...shape.labels, ...shape.good },
          (m) => staged.total(m) - staged.bad(m),
        ),
        make("counter", shape.metric, { ...shape.labels, ...shape.bad }, staged.bad),
      ];
    case "gauge":
      return [make("gauge", shape.metric, shape.labels, gaugeLevel(staged, shape))];
    default:
      return histogram(staged, shape).map(({ name, labels, at }) =>
        make("counter", name, { ...shape.labels, ...labels }, at),
      );
  }
}

type Gauge = Extract<Shape, { kind: "gauge" }>;
type Histogram = Extract<Shape, { kind: "latency" | "percentile" }>;

function gaugeLevel(staged: StagedFlow, { usual, unusual, metric }: Gauge): StorySeries["at"] {
  const seed = seedOf(`${staged.flow.service} ${metric}`);
  return (minute) => (staged.isBad(minute) ? unusual : usual) * (0.85 + 0.3 * chance(seed, minute));
}

function histogram(staged: StagedFlow, shape: Histogram) {
  const name = "http_request_duration_seconds";
  const within = (bound: number) => (minute: number) => fasterThan(staged, shape, bound, minute);
  return [
    ...BOUNDS.map((bound) => ({
      name: `${name}_bucket`,
      labels: { le: String(bound) },
      at: within(bound),
    })),
    { name: `${name}_bucket`, labels: { le: "+Inf" }, at: staged.total },
    { name: `${name}_count`, labels: {}, at: staged.total },
  ];
}

/** Requests of a minute that took at most `bound` seconds: exact at the SLO's own bound. */
function fasterThan(staged: StagedFlow, shape: Histogram, bound: number, minute: number): number {
  const total = staged.total(minute);
  if (shape.kind === "percentile") {
    const slow = staged.isBad(minute) ? SLOW_SHARE.bad : SLOW_SHARE.good;
    return Math.floor(total * spread(slow, bound / shape.le) + 0.5);
  }
  const slow = staged.bad(minute);
  if (bound === shape.le || total === 0) return total - slow;
  const share = spread(Math.max(slow / total, 1e-4), bound / shape.le);
  const fast = Math.floor(total * share);
  return bound < shape.le ? Math.min(fast, total - slow) : Math.max(fast, total - slow);
}

/** The share at most `factor` times the bound that `slow` of all exceed (log-logistic). */
function spread(slow: number, factor: number): number {
  const odds = (slow / (1 - Math.min(slow, 0.999))) * factor ** -3;
  return 1 / (1 + odds);
}
