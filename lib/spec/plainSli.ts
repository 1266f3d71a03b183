import { type Side, sideOf } from "#lib/promql/evidence.ts";
import { metricKind } from "#lib/promql/kind.ts";
import type { RatioSplit } from "#lib/promql/ratio.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import { checkEvents, type EventsSli, readEvents, tellLints } from "#lib/spec/events.ts";
import { type Fields, openMap, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { present } from "#lib/spec/names.ts";
import { readObjective } from "#lib/spec/objective.ts";
import { readQuery } from "#lib/spec/query.ts";
import { shareOfPercent } from "#lib/spec/share.ts";
import { readThreshold } from "#lib/spec/threshold.ts";

/** What an SLO measures and how much of it must be good. */
export interface Measured {
  readonly sli: SliDefinition;
  readonly objective: number;
}

const SLI = ["metric", "good", "bad", "errors", "total", "threshold", "op"];
const NUMERATORS = ["good", "bad", "errors"];

/** Reads `sli` with the objective: a metric, or two queries of which one counts all events. */
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
  const given = present(sli, ["metric", ...NUMERATORS]);
  if (given.length !== 1) {
    const got = given.length === 0 ? "none of them is there" : `${given.join(" and ")} are there`;
    findings.error(
      sli.node,
      "sli-shape",
      `must have exactly one of metric, good, bad or errors; ${got}`,
    );
    readObjective(slo, findings);
    return null;
  }
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

function refuseThreshold({ slo, sli }: Both, findings: Findings): void {
  for (const node of [slo, sli].flatMap((fields) => [fields.get("threshold"), fields.get("op")])) {
    if (node)
      findings.error(
        node,
        "sli-shape",
        "goes with a metric that is one value, not with counted events",
      );
  }
}

function readMetric(metric: Located, both: Both, findings: Findings): Measured | null {
  const { slo, sli } = both;
  const total = sli.get("total");
  if (total) findings.error(total, "sli-shape", "goes with good, bad or errors, not with a metric");
  const query = readQuery(metric, findings);
  const parsed = query === null ? null : parsePromql(query);
  const asked = [slo, sli].some((fields) => present(fields, ["op", "threshold"]).length > 0);
  if (query === null || !parsed || "error" in parsed) {
    if (!asked && looksLikeRatio(metric)) readObjective(slo, findings);
    return null;
  }
  const found = metricKind(parsed.tree);
  if ("error" in found && !asked) {
    if (looksLikeRatio(metric)) readObjective(slo, findings);
    return findings.error(metric, "metric-shape", found.error);
  }
  if ("error" in found) return readThreshold({ ...both, metric, query, kind: VALUE }, findings);
  if (found.kind !== "events")
    return readThreshold({ ...both, metric, query, kind: found }, findings);
  if (asked) return readThreshold({ ...both, metric, query, kind: VALUE }, findings);
  return readRatio(metric, { slo, split: found.split }, findings);
}

/** Of a metric that cannot be read: whether its target is an objective, so that it can be checked too. */
function looksLikeRatio(metric: Located): boolean {
  return metric.kind === "text" && /^(?!.*histogram_quantile).*\//s.test(metric.value);
}

/** `op` or `threshold` make any metric a value; then `op` is required. */
const VALUE = { kind: "gauge", why: "the metric is held against a threshold" } as const;

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
    const target = shareOfPercent(Number((100 - objective * 100).toPrecision(12)));
    const message = `is a share of errors with the target ${objective}; write it as 1 - (the ratio), with target: ${target}`;
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
