import { checkEvents, tellLints } from "#lib/spec/events.ts";
import { type Fields, openMap, readBoolean, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { present } from "#lib/spec/names.ts";
import { rateOfCounters } from "#lib/spec/openslo/counter.ts";
import { type Envelope, readDescription } from "#lib/spec/openslo/envelope.ts";
import type { OpenSloObjects } from "#lib/spec/openslo/objects.ts";
import { type Metric, readMetric } from "#lib/spec/openslo/source.ts";
import { readQuery } from "#lib/spec/query.ts";

/** An SLI before its SLO says what is good about a value. */
export interface Indicator {
  readonly measured:
    | Extract<SliDefinition, { kind: "events" | "ratio" }>
    | { readonly kind: "value"; readonly query: string; readonly at: Located };
  readonly datasource: string | null;
}

const RATIO = ["counter", "good", "bad", "total", "rawType", "raw"];

/**
 * Reads the `spec` of an SLI.
 * @example readIndicator(envelope of a ratioMetric with good and total, objects, findings)?.measured.kind // "events"
 */
export function readIndicator(
  { spec: node }: Envelope,
  objects: OpenSloObjects,
  findings: Findings,
): Indicator | null {
  const spec = node && openMap(node, ["description", "thresholdMetric", "ratioMetric"], findings);
  if (!spec) return null;
  readDescription(spec.get("description"), findings);
  const given = present(spec, ["thresholdMetric", "ratioMetric"]);
  if (given.length !== 1) {
    const got = given.length === 0 ? "neither is there" : "both are there";
    const message = `must have exactly one of thresholdMetric or ratioMetric; ${got}`;
    return findings.error(spec.node, "sli-shape", message);
  }
  const threshold = spec.get("thresholdMetric");
  if (threshold) return readValue(threshold, objects, findings);
  const ratioNode = spec.get("ratioMetric");
  const ratio = ratioNode && openMap(ratioNode, RATIO, findings);
  return ratio && readRatio(ratio, objects, findings);
}

function readValue(node: Located, objects: OpenSloObjects, findings: Findings): Indicator | null {
  const metric = readMetric(node, objects, findings);
  const query = metric && readQuery(metric.query, findings);
  if (!metric || query === null) return null;
  return { measured: { kind: "value", query, at: metric.query }, datasource: metric.datasource };
}

function readRatio(ratio: Fields, objects: OpenSloObjects, findings: Findings): Indicator | null {
  const counter = readBoolean(ratio.get("counter"), findings);
  const given = present(ratio, ["good", "bad", "raw"]);
  if (given.length !== 1) {
    const got = given.length === 0 ? "none of them is there" : `${given.join(" and ")} are there`;
    const message = `must have exactly one of good, bad or raw; ${got}`;
    return findings.error(ratio.node, "sli-shape", message);
  }
  if (given[0] === "raw") return readRaw(ratio, objects, findings);
  const rawType = ratio.get("rawType");
  if (rawType) findings.error(rawType, "sli-shape", "goes with raw, not with good or bad");
  const name = given[0] === "good" ? "good" : "bad";
  const write = "total: with a metricSource that counts all events";
  const total = readMetric(requireField(ratio, "total", { write, findings }), objects, findings);
  const numerator = readMetric(ratio.get(name), objects, findings);
  if (!total || !numerator) return null;
  return readCounts({ numerator, total }, { counts: name, counter: counter === true }, findings);
}

interface Counted {
  readonly numerator: Metric;
  readonly total: Metric;
}

function readCounts(
  { numerator, total }: Counted,
  { counts, counter }: { readonly counts: "good" | "bad"; readonly counter: boolean },
  findings: Findings,
): Indicator | null {
  const read = ({ query }: Metric) => {
    const text = readQuery(query, findings);
    const rates = text === null ? null : rateOfCounters(text);
    if (counter || rates === text) return rates;
    return findings.error(query, "not-countable", BARE);
  };
  const [above, below] = [read(numerator), read(total)];
  if (numerator.datasource !== total.datasource) {
    const message = "must be from the same source as the other query; they are counted together";
    findings.error(numerator.query, "sli-shape", message);
  }
  if (above === null || below === null) return null;
  const places = { numerator: numerator.query, total: total.query };
  const sli = { kind: "events", counts, numerator: above, total: below } as const;
  const measured = checkEvents(sli, places, findings);
  if (measured) tellLints(measured, numerator.query, findings);
  return measured && { measured, datasource: numerator.datasource };
}

const BARE =
  "counts nothing by itself; write counter: true when it is a counter, or rate() around each selector";

function readRaw(ratio: Fields, objects: OpenSloObjects, findings: Findings): Indicator | null {
  const total = ratio.get("total");
  if (total) findings.error(total, "sli-shape", "goes with good or bad, not with raw");
  const metric = readMetric(ratio.get("raw"), objects, findings);
  const counts = readRawType(
    requireField(ratio, "rawType", { write: "rawType: success or failure", findings }),
    findings,
  );
  const query = metric && readQuery(metric.query, findings);
  if (!metric || query === null || counts === null) return null;
  findings.loss(metric.query, "ratio-only", RATIO_ONLY);
  return { measured: { kind: "ratio", query, counts }, datasource: metric.datasource };
}

const RATIO_ONLY =
  "only a ratio is known: counted in minutes, not weighted by traffic; good and total are exact";

function readRawType(node: Located | null, findings: Findings): "good" | "bad" | null {
  const text = readText(node, findings);
  if (text === null || node === null) return null;
  if (text === "success") return "good";
  if (text === "failure") return "bad";
  return findings.error(node, "sli-shape", `must be success or failure, got ${describe(node)}`);
}
