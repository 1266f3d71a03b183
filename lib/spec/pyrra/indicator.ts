import { checkEvents, tellLints } from "#lib/spec/events.ts";
import { type Fields, openMap, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { readGrouping } from "#lib/spec/grouping.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { readBucket, readSelector, type Selected } from "#lib/spec/pyrra/selector.ts";
import { parseDuration } from "#lib/time/duration.ts";

const KINDS = ["ratio", "latency", "latencyNative", "bool_gauge"] as const;
type Kind = (typeof KINDS)[number];

/** What a Pyrra SLO measures, and the labels that it makes one SLO for each value of. */
export interface PyrraMeasured {
  readonly sli: SliDefinition;
  readonly grouping?: readonly string[];
}

/**
 * Reads `indicator`, which has exactly one kind of measurement.
 * @example readIndicator(node of "{ ratio: { errors, total } }", findings)?.sli.kind // "events"
 */
export function readIndicator(node: Located | null, findings: Findings): PyrraMeasured | null {
  const indicator = node && openMap(node, KINDS, findings);
  if (!indicator) return null;
  const [kind, ...more] = KINDS.filter((name) => indicator.get(name) !== null);
  if (!kind || more.length > 0) {
    const got = kind ? `${[kind, ...more].join(" and ")} are there` : "none of them is there";
    const message = `must have exactly one of ${KINDS.join(", ")}; ${got}`;
    return findings.error(indicator.node, "sli-shape", message);
  }
  const inner = indicator.get(kind);
  const fields = inner && openMap(inner, FIELDS[kind], findings);
  if (!fields) return null;
  const grouping = readGrouping(fields.get("grouping"), findings);
  const sli = READ[kind](fields, findings);
  return sli && (grouping.length > 0 ? { sli, grouping } : { sli });
}

const FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  ratio: ["errors", "total", "grouping"],
  latency: ["success", "total", "grouping"],
  latencyNative: ["total", "latency", "grouping"],
  bool_gauge: ["metric", "grouping"],
};

const READ: Readonly<Record<Kind, (fields: Fields, findings: Findings) => SliDefinition | null>> = {
  ratio: (fields, findings) => {
    const [errors, total] = [
      metricOf(fields, "errors", findings),
      metricOf(fields, "total", findings),
    ];
    return counted({ numerator: errors, total, counts: "bad" }, findings);
  },
  latency: (fields, findings) => {
    const success = metricOf(fields, "success", findings);
    const total = metricOf(fields, "total", findings);
    return success && !readBucket(success, findings)
      ? null
      : counted({ numerator: success, total, counts: "good" }, findings);
  },
  latencyNative: readNative,
  bool_gauge: readGauge,
};

function metricOf(fields: Fields, name: string, findings: Findings): Selected | null {
  const node = requireField(fields, name, { write: `${name}: with a metric`, findings });
  const inner = node && openMap(node, ["metric"], findings);
  const write = 'metric: a selector such as http_requests_total{job="api"}';
  return readSelector(inner && requireField(inner, "metric", { write, findings }), findings);
}

interface Queries {
  readonly numerator: Selected | null;
  readonly total: Selected | null;
  readonly counts: "good" | "bad";
}

function counted({ numerator, total, counts }: Queries, findings: Findings): SliDefinition | null {
  if (!numerator || !total) return null;
  const rate = ({ text }: Selected) => `sum(rate(${text}[5m]))`;
  const sli = { kind: "events", counts, numerator: rate(numerator), total: rate(total) } as const;
  const places = { numerator: numerator.node, total: total.node };
  const checked = checkEvents(sli, places, findings);
  if (checked) tellLints(checked, numerator.node, findings);
  return checked;
}

/** A native histogram holds its own buckets: the good ones are the share below the limit of its events. */
function readNative(fields: Fields, findings: Findings): SliDefinition | null {
  const total = metricOf(fields, "total", findings);
  const node = requireField(fields, "latency", { write: "latency: 200ms", findings });
  const limitMs = readLatency(node, findings);
  if (!total || limitMs === null) return null;
  const rate = `sum(rate(${total.text}[5m]))`;
  const count = `histogram_count(${rate})`;
  const numerator = `histogram_fraction(0, ${limitMs / 1000}, ${rate}) * ${count}`;
  const sli = { kind: "events", counts: "good", numerator, total: count } as const;
  return checkEvents(sli, { numerator: total.node, total: total.node }, findings);
}

function readLatency(node: Located | null, findings: Findings): number | null {
  const text = node?.kind === "number" ? null : readText(node, findings);
  if (node === null || (text === null && node.kind !== "number")) return null;
  const ms = text === null ? null : parseDuration(text);
  if (ms !== null && ms > 0) return ms;
  const message = `must be a duration such as 200ms or 1s, got ${describe(node)}`;
  return findings.error(node, "window-format", message);
}

/** Each sample of a gauge that is 1 or 0 is an event. */
function readGauge(fields: Fields, findings: Findings): SliDefinition | null {
  const write = 'metric: a selector such as up{job="api"}';
  const selected = readSelector(requireField(fields, "metric", { write, findings }), findings);
  if (!selected) return null;
  const { text, node } = selected;
  const sli = {
    kind: "events",
    counts: "good",
    numerator: `sum(sum_over_time(${text}[5m]))`,
    total: `sum(count_over_time(${text}[5m]))`,
  } as const;
  return checkEvents(sli, { numerator: node, total: node }, findings);
}
