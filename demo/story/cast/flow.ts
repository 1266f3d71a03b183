import { daysAgo } from "#demo/story/episode.ts";
import type { Flow, Labels } from "#demo/story/flow.ts";
import { SHOPPERS } from "#demo/story/rhythm.ts";

/** Data begins a little before the 60 days that are fetched. */
const HISTORY_DAYS = 61;

/** What most flows have in common; a flow says what is different. */
const ORDINARY = {
  source: "main",
  rhythm: SHOPPERS,
  usualSpend: 0.2,
  episodes: [],
  begins: daysAgo(HISTORY_DAYS),
  ends: null,
} as const;

type Differences = Partial<Flow> &
  Pick<Flow, "service" | "slo" | "perMinute" | "promised" | "shape">;

export function flow(differences: Differences): Flow {
  return { ...ORDINARY, ...differences };
}

/** HTTP requests by status code: 5xx are the bad ones. */
export function requests(labels: Labels = {}): Flow["shape"] {
  const metric = "http_requests_total";
  return { kind: "outcomes", metric, labels, good: { code: "200" }, bad: { code: "503" } };
}

/** Anything that is counted by a label `result`. */
export function results(metric: string, labels: Labels = {}): Flow["shape"] {
  return { kind: "outcomes", metric, labels, good: { result: "ok" }, bad: { result: "error" } };
}

export function fasterThan(le: number, labels: Labels = {}): Flow["shape"] {
  return { kind: "latency", labels, le };
}

export function promise(objective: number, windowDays = 30): Flow["promised"] {
  return { objective, windowDays };
}
