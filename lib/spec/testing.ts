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

function lines(fields: Changes): string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  );
}

function item(fields: Changes, indent: string): string[] {
  return lines(fields).map((line, i) => `${indent}${i === 0 ? "- " : "  "}${line}`);
}
