/** The dialects that one may begin in, as they are named in an address. */
export const DIALECTS = ["plain", "sloth", "openslo", "pyrra"] as const;
export type StartDialect = (typeof DIALECTS)[number];

/** As people call them. */
export const DIALECT_NAMES: Readonly<Record<StartDialect, string>> = {
  plain: "Plain",
  sloth: "Sloth",
  openslo: "OpenSLO",
  pyrra: "Pyrra",
};

/**
 * A dialect that an address names; null for anything else.
 * @example startDialect("sloth") // "sloth"
 */
export function startDialect(text: string | null): StartDialect | null {
  return DIALECTS.find((dialect) => dialect === text) ?? null;
}

/** A whole document of each dialect to begin with: right as it stands, with names to be replaced. */
export const TEMPLATES: Readonly<Record<StartDialect, string>> = {
  plain: `service: checkout
owner: shop
slos:
  - name: availability
    description: Requests that do not fail on our side
    sli:
      bad: sum(rate(http_requests_total{job="checkout", code=~"5.."}[5m]))
      total: sum(rate(http_requests_total{job="checkout"}[5m]))
    target: 0.999
    window: 30d
`,
  sloth: `version: prometheus/v1
service: checkout
slos:
  - name: availability
    objective: 99.9
    description: Requests that do not fail on our side
    sli:
      events:
        error_query: sum(rate(http_requests_total{job="checkout", code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total{job="checkout"}[{{.window}}]))
    alerting:
      page_alert:
        disable: false
      ticket_alert:
        disable: false
`,
  openslo: `apiVersion: openslo/v1
kind: SLO
metadata:
  name: availability
spec:
  service: checkout
  description: Requests that do not fail on our side
  indicator:
    metadata:
      name: successful-requests
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            type: Prometheus
            spec:
              query: http_requests_total{job="checkout", code!~"5.."}
        total:
          metricSource:
            type: Prometheus
            spec:
              query: http_requests_total{job="checkout"}
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - target: 0.999
`,
  pyrra: `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata:
  name: availability
  namespace: checkout
spec:
  target: "99.9"
  window: 30d
  indicator:
    ratio:
      errors:
        metric: http_requests_total{job="checkout", code=~"5.."}
      total:
        metric: http_requests_total{job="checkout"}
`,
};

/**
 * Whether a text is one of these, untouched: nobody's document yet.
 * @example isExample(TEMPLATES.sloth) // true
 */
export function isExample(text: string): boolean {
  return Object.values(TEMPLATES).includes(text);
}
