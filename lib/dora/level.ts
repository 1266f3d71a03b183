import {
  type Bounds,
  type ClusterName,
  type Clusters,
  type LevelMetric,
  PUBLISHED,
} from "#lib/dora/clusters.ts";
import type { Cadence } from "#lib/dora/frequency.ts";
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
      readonly reason: NoLevel;
    };

export type NoLevel =
  | "no-value"
  /** Facts of a part of the range are missing. */
  | "partly-synced"
  /** Of several services at once: the clusters are of single ones. */
  | "pooled"
  | "too-few"
  /** The range holds no complete week or month to tell a rhythm by. */
  | "too-short"
  | "still-open"
  | "not-published";

/**
 * The level of one metric by one year's report. None without a value, over facts of which a part is
 * missing, of several services at once, while an open failure may still worsen it, and where that year
 * published no clusters. A frequency is placed by its rhythm, the others need 10 deployments. There is
 * no level of all metrics together.
 * @example levelOf("leadTime", { metric, deployments: 42, year: 2024 }).state // "level"
 */
export function levelOf(name: LevelMetric, input: LevelInput): Level {
  const { metric, year } = input;
  const published = PUBLISHED.get(year);
  const value = placedValue(name, input);
  const reason = hindrance(name, input) ?? (value === null ? "too-short" : null);
  if (!published) return { state: "none", year, reason: "not-published" };
  if (reason !== null || value === null || metric.value === null) {
    return { state: "none", year, reason: reason ?? "no-value" };
  }
  const { source, clusters } = published;
  return { state: "level", year, source, ...place(name, value, clusters) };
}

export interface LevelInput {
  readonly metric: Pick<Metric, "value" | "perDay" | "flags">;
  /** Of the same range. */
  readonly deployments: number;
  /** Of the same range; null when it is too short to tell. */
  readonly cadence: Cadence | null;
  readonly year: number;
}

function hindrance(name: LevelMetric, { metric, deployments }: LevelInput): NoLevel | null {
  const { value, flags } = metric;
  if (value === null || deployments === 0) return "no-value";
  if (flags.includes("partly-synced")) return "partly-synced";
  if (flags.includes("pooled")) return "pooled";
  if (name !== "deploymentFrequency" && deployments < FEW) return "too-few";
  return flags.includes("at-least") ? "still-open" : null;
}

/** Deployments of one busy day do not make a daily rhythm: the rate is held within what is usual. */
function placedValue(name: LevelMetric, { metric, cadence }: LevelInput): number | null {
  if (name !== "deploymentFrequency") return metric.value;
  if (cadence === null || metric.perDay === undefined) return null;
  const { low, high } = BAND[cadence];
  return Math.min(Math.max(metric.perDay, low), high * (1 - Number.EPSILON));
}

const WEEK = 7;
const MONTH = 365 / 12;

/** Deployments per day that a rhythm stands for, `[low, high)`. */
const BAND: Readonly<Record<Cadence, { readonly low: number; readonly high: number }>> = {
  daily: { low: 1, high: Number.MAX_VALUE },
  weekly: { low: 1 / WEEK, high: 1 },
  monthly: { low: 1 / MONTH, high: 1 / WEEK },
  less: { low: 0, high: 1 / MONTH },
};

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
