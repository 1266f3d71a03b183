/** The numbers of one SLO at one time, as the API, the pages and `/metrics` give them (docs: api). */

export type SloState = "healthy" | "watch" | "at-risk" | "exhausted" | "unknown";

/** Worst first: the order of the fleet page. Unknown stands after at-risk: it is never good. */
export const SLO_STATES: readonly SloState[] = [
  "exhausted",
  "at-risk",
  "unknown",
  "watch",
  "healthy",
];

export type Severity = "page" | "ticket";

export interface ActiveAlert {
  readonly tier: string;
  readonly severity: Severity;
  /** ISO 8601 UTC. */
  readonly since: string;
}

/** Part of API v1: names and units are a contract. Ratios, not percents; times ISO 8601 UTC. */
export interface SloStatus {
  readonly service: string;
  readonly slo: string;
  readonly team: string | null;
  readonly objective: number;
  readonly window: string;
  readonly state: SloState;
  readonly policyState: string;
  /** The policy state is the last known one, kept while the numbers are unknown or first backfilled. */
  readonly held: boolean;
  /** Known history in days, at most the window. */
  readonly historyDays: number;
  readonly sli: number | null;
  readonly good: number;
  readonly total: number;
  readonly coverage: number;
  readonly consumed: number | null;
  /** Signed: -1.59 means 159 % overspent. */
  readonly remaining: number | null;
  /** Keyed by the tiers' windows; null = too many minutes are missing. */
  readonly burn: Readonly<Record<string, number | null>>;
  readonly alert: ActiveAlert | null;
  readonly exhaustsAt: string | null;
  readonly exhaustedSince: string | null;
  readonly recoversAt: string | null;
  readonly watermark: string | null;
  readonly asOf: string;
  readonly link: string;
  /** Only of one label set of a grouped SLO: of which SLO, and its labels. */
  readonly instance?: { readonly of: string; readonly labels: Readonly<Record<string, string>> };
}

/**
 * What the pages need beyond the API's contract. Stored beside it by each evaluation, so that the
 * fleet page reads rows and computes nothing.
 */
export interface SloDetail {
  readonly description: string | null;
  readonly enforced: boolean;
  /** What is counted: events, or minutes for threshold and ratio SLIs. */
  readonly unit: "events" | "minutes";
  /** `budget * E`: what the whole window may spend, in `unit`. */
  readonly budgetTotal: number | null;
  readonly bad: number;
  readonly tiers: readonly TierReading[];
  /** Why `state` is what it is, one sentence a person can read. */
  readonly reason: string;
  /** When the blocking policy state is left if nothing fails from now on; ISO 8601. */
  readonly liftsAt: string | null;
  /** The window by whose pace `exhaustsAt` is told, as "1h" while page-fast fires; absent: 6h. */
  readonly paceOver?: string;
  /** A blocking policy state is in force (held or not). */
  readonly blocks: boolean;
  /** Thresholds of the policy, share of budget consumed, ascending. */
  readonly thresholds: readonly {
    readonly at: number;
    readonly name: string;
    readonly gate: "allow" | "block";
  }[];
  /** Since when no traffic was seen where there was some a week before; ISO 8601. */
  readonly noTrafficSince: string | null;
  /** Remaining budget over the last window, about 30 points, oldest first; null = not known. */
  readonly spark: readonly (number | null)[];
}

/** One alert tier's two windows at one time. */
export interface TierReading {
  readonly tier: string;
  readonly severity: Severity;
  readonly long: string;
  readonly short: string;
  readonly factor: number;
  readonly longBurn: number | null;
  readonly shortBurn: number | null;
  /** held = a window is null: it neither fires nor clears. never = the factor cannot be reached. */
  readonly state: "firing" | "quiet" | "held" | "never";
  /** Set while it fires or is held while firing; ISO 8601. */
  readonly since: string | null;
}
