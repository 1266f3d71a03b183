import type { Loss } from "#lib/convert/loss.ts";
import { readSelectors } from "#lib/promql/selectors.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { formatDuration } from "#lib/time/duration.ts";

export interface PyrraIndicator {
  readonly kind: "ratio" | "latency" | "latencyNative" | "bool_gauge";
  readonly fields: object;
  readonly losses: readonly Loss[];
}

/**
 * What Pyrra would measure the same by; null when its bare selectors cannot say it.
 * @example indicatorOf({ kind: "events", counts: "bad", numerator: "sum(rate(e[5m]))", total: "sum(rate(t[5m]))" })?.kind // "ratio"
 */
export function indicatorOf(sli: SliDefinition): PyrraIndicator | null {
  if (sli.kind !== "events") return null;
  return sli.counts === "bad" ? errorsOf(sli) : (gaugeOf(sli) ?? nativeOf(sli) ?? latencyOf(sli));
}

type Events = Extract<SliDefinition, { kind: "events" }>;

function errorsOf({ numerator, total }: Events): PyrraIndicator | null {
  const [errors, all] = [rateOf(numerator), rateOf(total)];
  if (!errors || !all) return null;
  const fields = { errors: { metric: errors.metric }, total: { metric: all.metric } };
  return { kind: "ratio", fields, losses: lossesOf(errors, all) };
}

function latencyOf({ numerator, total }: Events): PyrraIndicator | null {
  const [fast, all] = [rateOf(numerator), rateOf(total)];
  if (!fast || !all || !selectsBucket(fast.metric)) return null;
  const fields = { success: { metric: fast.metric }, total: { metric: all.metric } };
  return { kind: "latency", fields, losses: lossesOf(fast, all) };
}

/** As Pyrra reads a bucket: `le` with a number. */
function selectsBucket(metric: string): boolean {
  const parsed = parsePromql(metric);
  const [selector] = "tree" in parsed ? readSelectors(parsed.tree, parsed.tree.root) : [];
  const le = selector?.matchers.find(({ label }) => label === "le");
  return le?.op === "=" && le.value !== "" && Number.isFinite(Number(le.value));
}

function gaugeOf({ numerator, total }: Events): PyrraIndicator | null {
  const good = ranged(numerator, /^sum\(sum_over_time\((.*)\[(\w+)\]\)\)$/s);
  const all = ranged(total, /^sum\(count_over_time\((.*)\[(\w+)\]\)\)$/s);
  if (!good || !all || good.metric !== all.metric) return null;
  return { kind: "bool_gauge", fields: { metric: good.metric }, losses: lossesOf(good, all) };
}

const NATIVE =
  /^histogram_fraction\(0, ([\d.]+), (sum\(rate\(.*\)\))\) \* (histogram_count\(.*\))$/s;

function nativeOf({ numerator, total }: Events): PyrraIndicator | null {
  const [, seconds = "", rate = "", count = ""] = NATIVE.exec(numerator) ?? [];
  const all = rateOf(rate);
  const limitMs = Number(seconds) * 1000;
  if (!all || !Number.isInteger(limitMs) || limitMs <= 0) return null;
  if (count !== total || total !== `histogram_count(${rate})`) return null;
  const fields = { total: { metric: all.metric }, latency: formatDuration(limitMs) };
  return { kind: "latencyNative", fields, losses: lossesOf(all) };
}

interface Ranged {
  readonly metric: string;
  readonly range: string;
  readonly isRate: boolean;
}

function rateOf(query: string): Ranged | null {
  const rate = ranged(query, /^sum\(rate\((.*)\[(\w+)\]\)\)$/s);
  if (rate) return rate;
  const increase = ranged(query, /^sum\(increase\((.*)\[(\w+)\]\)\)$/s);
  return increase && { ...increase, isRate: false };
}

/** What stands inside must be one selector and nothing more. */
function ranged(query: string, shape: RegExp): Ranged | null {
  const [, metric, range = ""] = shape.exec(query) ?? [];
  const parsed = metric === undefined ? null : parsePromql(metric);
  if (metric === undefined || !parsed || "error" in parsed) return null;
  if (parsed.tree.root.name !== "VectorSelector") return null;
  return { metric: metric.trim(), range, isRate: true };
}

function lossesOf(...parts: readonly Ranged[]): Loss[] {
  if (parts.every(({ range, isRate }) => range === "5m" && isRate)) return [];
  return [{ field: "sli", message: "the ranges of its queries are Pyrra's own" }];
}
