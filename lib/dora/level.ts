import {
  type Bounds,
  type ClusterName,
  type Clusters,
  type LevelMetric,
  PUBLISHED,
} from "#lib/dora/clusters.ts";
import { FEW, type Metric } from "#lib/dora/metric.ts";

/** Where one metric stands among the published clusters of a year. */
export type Level =
  | {
      readonly state: "level";
      readonly year: number;
      readonly source: string;
      /** Several where the clusters published the same. */
      readonly clusters: readonly ClusterName[];
      /** "nearest": no cluster holds the value, these lie closest. */
      readonly match: "within" | "nearest";
      /** What was published for the first of them. */
      readonly published: string;
    }
  | {
      readonly state: "none";
      readonly year: number;
      readonly reason: "no-value" | "too-few" | "still-open" | "not-published";
    };

/**
 * The level of one metric by one year's report. None without a value, below 10 deployments, while an
 * open failure may still worsen it, and where that year published no clusters. There is no level of
 * all metrics together.
 * @example levelOf("leadTime", { metric, deployments: 42, year: 2024 }).state // "level"
 */
export function levelOf(name: LevelMetric, { metric, deployments, year }: LevelInput): Level {
  const published = PUBLISHED.get(year);
  const none = (reason: (Level & { state: "none" })["reason"]): Level => ({
    state: "none",
    year,
    reason,
  });
  const value = name === "deploymentFrequency" ? (metric.perDay ?? null) : metric.value;
  if (!published) return none("not-published");
  if (metric.value === null || value === null) return none("no-value");
  if (deployments < FEW) return none("too-few");
  if (metric.flags.includes("at-least")) return none("still-open");
  const { source, clusters } = published;
  return { state: "level", year, source, ...place(name, value, clusters) };
}

export interface LevelInput {
  readonly metric: Pick<Metric, "value" | "perDay" | "flags">;
  /** Of the same range. */
  readonly deployments: number;
  readonly year: number;
}

function place(name: LevelMetric, value: number, clusters: Clusters) {
  const distance = name === "changeFailureRate" ? byDifference : byRatio;
  const ranked = NAMES.flatMap((cluster) => {
    const bounds = clusters[cluster]?.[name];
    return bounds ? [{ cluster, bounds, away: distance(value, bounds) }] : [];
  });
  const least = Math.min(...ranked.map(({ away }) => away));
  const closest = ranked.filter(({ away }) => away <= (least === 0 ? 0 : least + 1e-9));
  return {
    clusters: closest.map(({ cluster }) => cluster),
    match: least === 0 ? ("within" as const) : ("nearest" as const),
    published: closest[0]?.bounds.text ?? "",
  };
}

const NAMES: readonly ClusterName[] = ["elite", "high", "medium", "low"];

/** A share lies in what was published with both its ends: "0–15 %" holds 15 %. */
function byDifference(value: number, { low, high }: Bounds): number {
  return Math.max(0, low - value, value - high);
}

/** Two hours are closer to one than to a day: durations and frequencies compare by their ratio. */
function byRatio(value: number, { low, high }: Bounds): number {
  if (value >= low && value < high) return 0;
  return value < low ? Math.log(low / value) : Math.max(Number.MIN_VALUE, Math.log(value / high));
}
