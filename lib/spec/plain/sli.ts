import { type Side, sideOf } from "#lib/promql/evidence.ts";
import { metricKind } from "#lib/promql/kind.ts";
import type { RatioSplit } from "#lib/promql/ratio.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import { checkEvents, type EventsSli, readEvents, tellLints } from "#lib/spec/events.ts";
import { type Fields, openMap, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { present } from "#lib/spec/names.ts";
import { readObjective } from "#lib/spec/plain/objective.ts";
import { readThreshold } from "#lib/spec/plain/threshold.ts";
import { readQuery } from "#lib/spec/query.ts";

/** What an SLO measures and how much of it must be good. */
export interface Measured {
  readonly sli: SliDefinition;
  readonly objective: number;
}

const SLI = ["metric", "good", "bad", "errors", "total", "ratio", "error_ratio", "threshold", "op"];
const RATIOS = ["ratio", "error_ratio"];
const NUMERATORS = ["good", "bad", "errors"];

/**
 * Reads `sli` with the objective: a metric, or two queries of which one counts all events.
 * @example readPlainSli(fields of "{ sli: { metric: A / B }, target: 0.99 }", findings)?.objective // 0.99
 */
export function readPlainSli(slo: Fields, findings: Findings): Measured | null {
  const node = requireField(slo, "sli", {
    write: "sli: with a metric, or with good and total",
    findings,
  });
  const sli = node && openMap(node, SLI, findings);
  if (!sli) {
    readObjective(slo, findings);
    return null;
  }
  const given = present(sli, ["metric", ...NUMERATORS, ...RATIOS]);
  if (given.length !== 1) {
    const got = given.length === 0 ? "none of them is there" : `${given.join(" and ")} are there`;
    findings.error(
      sli.node,
      "sli-shape",
      `must have exactly one of metric, good, bad, errors, ratio or error_ratio; ${got}`,
    );
    readObjective(slo, findings);
    return null;
  }
  const ratio = present(sli, RATIOS)[0];
  if (ratio) return readReadyRatio(ratio, { slo, sli }, findings);
  const metric = sli.get("metric");
  return metric ? readMetric(metric, { slo, sli }, findings) : readCounts({ slo, sli }, findings);
}

interface Both {
  readonly slo: Fields;
  readonly sli: Fields;
}

function readCounts({ slo, sli }: Both, findings: Findings): Measured | null {
  const name = present(sli, NUMERATORS)[0] ?? "good";
  const total = requireField(sli, "total", {
    write: "total: a query that counts all events",
    findings,
  });
  refuseThreshold({ slo, sli }, findings);
  const counts = name === "good" ? "good" : "bad";
  const events = readEvents({ numerator: sli.get(name), total }, counts, findings);
  const objective = readObjective(slo, findings);
  return events && objective !== null ? { sli: events, objective } : null;
}

/** A ratio that somebody else made: `ratio` of good, `error_ratio` of bad. */
function readReadyRatio(name: string, { slo, sli }: Both, findings: Findings): Measured | null {
  const total = sli.get("total");
  if (total) findings.error(total, "sli-shape", "goes with good, bad or errors, not with a ratio");
  refuseThreshold({ slo, sli }, findings);
  const node = sli.get(name);
  const query = readQuery(node, findings);
  const objective = readObjective(slo, findings);
  if (node === null || query === null || objective === null) return null;
  findings.loss(node, "ratio-only", RATIO_ONLY);
  return { sli: { kind: "ratio", query, counts: name === "ratio" ? "good" : "bad" }, objective };
}

const RATIO_ONLY =
  "only a ratio is known: counted in minutes, not weighted by traffic; good and total are exact";

function refuseThreshold({ slo, sli }: Both, findings: Findings): void {
  const message = "goes with a metric that is one value, not with counted events";
  for (const node of [slo, sli].flatMap((fields) => [fields.get("threshold"), fields.get("op")])) {
    if (node) findings.error(node, "sli-shape", message);
  }
}

function readMetric(metric: Located, both: Both, findings: Findings): Measured | null {
  const { slo, sli } = both;
  const total = sli.get("total");
  if (total) findings.error(total, "sli-shape", "goes with good, bad or errors, not with a metric");
  const query = readQuery(metric, findings);
  const asked = [slo, sli].some((fields) => present(fields, ["op", "threshold"]).length > 0);
  const kind = query === null ? null : kindOf(query, asked);
  if (query === null || kind === null || "error" in kind) {
    if (!asked && looksLikeRatio(metric)) readObjective(slo, findings);
    return kind && "error" in kind ? findings.error(metric, "metric-shape", kind.error) : null;
  }
  if (kind.kind === "events") return readRatio(metric, { slo, split: kind.split }, findings);
  return readThreshold({ ...both, metric, query, kind }, findings);
}

/** `op` or `threshold` make any metric a value; a quantile stays one, so that its op is known. */
function kindOf(query: string, asked: boolean): ReturnType<typeof metricKind> | null {
  const parsed = parsePromql(query);
  if ("error" in parsed) return null;
  const kind = metricKind(parsed.tree);
  const value = !("error" in kind) && kind.kind !== "events";
  return asked && !value ? VALUE : kind;
}

const VALUE = { kind: "gauge", why: "the metric is held against a threshold" } as const;

/** Of a metric that cannot be read: whether its target is an objective, so that it can be checked too. */
function looksLikeRatio(metric: Located): boolean {
  return metric.kind === "text" && /^(?!.*histogram_quantile).*\//s.test(metric.value);
}

/** A ratio counts events. Where its selectors say so, they decide which side the numerator is on. */
function readRatio(
  metric: Located,
  { slo, split }: { slo: Fields; split: RatioSplit },
  findings: Findings,
): Measured | null {
  const { numerator, total, complement, dropped } = split;
  const written: Side = complement ? "bad" : "good";
  const counts = sideOf(numerator, total) ?? written;
  const sli: EventsSli = { kind: "events", counts, numerator, total };
  const objective = readObjective(slo, findings, split.scale);
  const checked = checkEvents(sli, { numerator: metric, total: metric }, findings);
  if (checked) tellLints(checked, metric, findings);
  if (counts !== written && objective !== null) tellErrorShare(metric, objective, findings);
  if (dropped) findings.loss(metric, "default-dropped", droppedDefault(dropped));
  return checked && objective !== null ? { sli: checked, objective } : null;
}

/** The metric is a share of errors, though its target reads as a share of good events. */
function tellErrorShare(metric: Located, objective: number, findings: Findings): void {
  if (objective < 0.5) {
    const message = `is a share of errors with the target ${objective}; write it as 1 - (the ratio), with target: ${budgetOf(objective)}`;
    findings.error(metric, "error-share", message);
    return;
  }
  const message =
    "is a share of errors by its selectors, so it is counted as such; write 1 - (the ratio)";
  findings.lint(metric, "error-share", message);
}

function droppedDefault(dropped: string): string {
  return `“${dropped}” is left out: minutes without data are shown as such`;
}
