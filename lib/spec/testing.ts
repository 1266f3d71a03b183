/** Small documents for tests: a right one, with fields replaced, added or (null) taken out. */

type Changes = Readonly<Record<string, string | null>>;

export const OK = 'sum(rate(http_requests_total{code!~"5.."}[5m]))';
export const ALL = "sum(rate(http_requests_total[5m]))";

/** A plain document with one SLO; the SLO's fields begin in line 3, column 5. */
export function plain(slo: Changes = {}, top: Changes = {}): string {
  const fields = {
    name: "availability",
    sli: `{ metric: '${OK} / ${ALL}' }`,
    target: "0.995",
    window: "30d",
  };
  return [...lines({ service: "api", ...top }), "slos:", ...item({ ...fields, ...slo }, "  ")].join(
    "\n",
  );
}

/** A plain document whose SLI is a metric; it begins in line 4, column 20. */
export function metric(query: string, slo: Changes = {}): string {
  return plain({ sli: `{ metric: '${query}' }`, ...slo });
}

/** The same in Sloth's plain shape; the SLO's fields begin in line 4, column 5. */
export function sloth(slo: Changes = {}, top: Changes = {}): string {
  const fields = { name: "availability", objective: "99.9", sli: `{ events: ${SLOTH_EVENTS} }` };
  const head = lines({ version: "prometheus/v1", service: "api", ...top });
  return [...head, "slos:", ...item({ ...fields, ...slo }, "  ")].join("\n");
}

const SLOTH_EVENTS =
  `{ error_query: 'sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))', ` +
  "total_query: 'sum(rate(http_requests_total[{{.window}}]))' }";

/** The same as a Kubernetes resource; the SLO's fields begin in line 7, column 7. */
export function slothCrd(slo: Changes = {}, spec: Changes = {}): string {
  const events = SLOTH_EVENTS.replace("error_query", "errorQuery").replace(
    "total_query",
    "totalQuery",
  );
  const fields = { name: "availability", objective: "99.9", sli: `{ events: ${events} }` };
  return [
    "apiVersion: sloth.slok.dev/v1",
    "kind: PrometheusServiceLevel",
    "metadata: { name: api, namespace: shop }",
    "spec:",
    ...lines({ service: "api", ...spec }).map((line) => `  ${line}`),
    "  slos:",
    ...item({ ...fields, ...slo }, "    "),
  ].join("\n");
}

const OPENSLO_INDICATOR =
  "{ metadata: { name: ok }, spec: { ratioMetric: { counter: true, " +
  `good: ${source(OK)}, total: ${source(ALL)} } } }`;

/** An OpenSLO metric with this query. */
export function source(query: string, fields = "type: Prometheus"): string {
  return `{ metricSource: { ${fields}, spec: { query: '${query}' } } }`;
}

/** An OpenSLO document of kind SLO; the fields of `spec` begin in line 6, column 3. */
export function openSlo(spec: Changes = {}, metadata: Changes = {}): string {
  const fields = {
    service: "api",
    indicator: OPENSLO_INDICATOR,
    timeWindow: "[{ duration: 28d, isRolling: true }]",
    budgetingMethod: "Occurrences",
    objectives: "[{ target: 0.99 }]",
  };
  return openSloObject("SLO", { ...fields, ...spec }, { name: "availability", ...metadata });
}

/** The same with this SLI in it; it begins in line 7, column 38. */
export function openSloOf(sli: string, spec: Changes = {}): string {
  return openSlo({ indicator: `{ metadata: { name: ok }, spec: ${sli} }`, ...spec });
}

/** Any object of OpenSLO. */
export function openSloObject(kind: string, spec: Changes, metadata: Changes): string {
  return [
    "apiVersion: openslo/v1",
    `kind: ${kind}`,
    "metadata:",
    ...lines(metadata).map((line) => `  ${line}`),
    "spec:",
    ...lines(spec).map((line) => `  ${line}`),
  ].join("\n");
}

/** A Pyrra document; the fields of `spec` begin in line 6, column 3. */
export function pyrra(spec: Changes = {}, metadata: Changes = {}): string {
  const fields = { target: "'99.5'", window: "28d", indicator: `{ ratio: ${PYRRA_RATIO} }` };
  const named = { name: "errors", labels: "{ pyrra.dev/service: api }", ...metadata };
  return [
    "apiVersion: pyrra.dev/v1alpha1",
    "kind: ServiceLevelObjective",
    "metadata:",
    ...lines(named).map((line) => `  ${line}`),
    "spec:",
    ...lines({ ...fields, ...spec }).map((line) => `  ${line}`),
  ].join("\n");
}

const PYRRA_RATIO =
  "{ errors: { metric: 'http_requests_total{code=~\"5..\"}' }, total: { metric: http_requests_total } }";

/** A Sloth AlertWindows document; the fields of `spec` begin in line 5, column 3. */
export function alertWindows(spec: Changes = {}): string {
  const pair = (quick: string, slow: string) => `{ quick: ${quick}, slow: ${slow} }`;
  const window = (percent: number, short: string, long: string) =>
    `{ errorBudgetPercent: ${percent}, shortWindow: ${short}, longWindow: ${long} }`;
  const fields = {
    sloPeriod: "30d",
    page: pair(window(2, "5m", "1h"), window(5, "30m", "6h")),
    ticket: pair(window(10, "2h", "1d"), window(10, "6h", "3d")),
  };
  return [
    "apiVersion: sloth.slok.dev/v1",
    "kind: AlertWindows",
    "metadata: { name: month }",
    "spec:",
    ...lines({ ...fields, ...spec }).map((line) => `  ${line}`),
  ].join("\n");
}

function lines(fields: Changes): string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  );
}

function item(fields: Changes, indent: string): string[] {
  return lines(fields).map((line, i) => `${indent}${i === 0 ? "- " : "  "}${line}`);
}
