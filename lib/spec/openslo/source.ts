import { readDatasource } from "#lib/spec/details.ts";
import { type Fields, openMap, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { OpenSloObjects } from "#lib/spec/openslo/objects.ts";

/** A query's place, and the source that it is for (null = the first one). */
export interface Metric {
  readonly query: Located;
  readonly datasource: string | null;
}

const KNOWN = ["metricSourceRef", "type", "spec"];

/**
 * A metric: `metricSource` with a Prometheus query. `metricSourceRef` names a DataSource document, or
 * with a `type` a source of the configuration.
 * @example readMetric(node of "{ metricSource: { type: Prometheus, spec: { query: up } } }", objects, findings)?.datasource // null
 */
export function readMetric(
  node: Located | null,
  objects: OpenSloObjects,
  findings: Findings,
): Metric | null {
  const fields = node && openMap(node, ["metricSource"], findings);
  const write = "metricSource: with type: Prometheus and a spec";
  const sourceNode = fields && requireField(fields, "metricSource", { write, findings });
  const source = sourceNode && openMap(sourceNode, KNOWN, findings);
  if (!source) return null;
  const datasource = readSource(source, objects, findings);
  const specNode = requireField(source, "spec", { write: "spec: with a query", findings });
  const spec = specNode && openMap(specNode, ["query"], findings);
  const query = spec && requireField(spec, "query", { write: "query: in PromQL", findings });
  return query && { query, datasource };
}

function readSource(source: Fields, objects: OpenSloObjects, findings: Findings): string | null {
  const [ref, type] = [source.get("metricSourceRef"), source.get("type")];
  readSourceType(type, findings);
  if (ref === null) {
    const write = "type: Prometheus, or metricSourceRef with the name of a DataSource";
    requireField(source, "type", { write, findings });
    return null;
  }
  const name = readDatasource(ref, findings);
  if (name === null || objects.named("DataSource", name).length > 0) return name;
  // With a type the name may be one of plimsoll.yaml, which knows sources better than a document.
  if (type === null) objects.refer("DataSource", ref, findings);
  return name;
}

/**
 * The type of a source: Prometheus, in any case.
 * @example readSourceType(node of "Datadog", findings) // an error that says so
 */
export function readSourceType(node: Located | null, findings: Findings): void {
  const type = readText(node, findings);
  if (type === null || node === null || type.toLowerCase() === "prometheus") return;
  const message = `Plimsoll reads Prometheus only, got ${describe(node)}; give a query for Prometheus`;
  findings.error(node, "not-supported", message);
}
