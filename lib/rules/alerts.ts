import type { AlertingRule, RuleOptions } from "#lib/rules/model.ts";
import { type Recorded, ratioSeries, SERIES } from "#lib/rules/series.ts";
import { numberText, templateText } from "#lib/rules/text.ts";
import { minBadOf } from "#lib/slo/burn.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import type { BurnTier, SloDefinition } from "#lib/spec/model.ts";
import { formatDuration } from "#lib/time/duration.ts";

export const BURN_ALERT = "ErrorBudgetBurn";
export const NO_DATA_ALERT = "SliNoData";

export interface Alerting {
  readonly definition: SloDefinition;
  readonly recorded: Recorded;
  readonly options: RuleOptions;
  /** Of every alert of the SLO, not yet written as templates. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The alert of one tier: fires while both windows burn above its factor and the long one holds enough
 * bad events; while a window is not known it stays as it was.
 * @example burnAlert(alerting, tier).labels.tier // "page-fast"
 */
export function burnAlert(alerting: Alerting, tier: BurnTier): AlertingRule {
  return {
    alert: BURN_ALERT,
    expr: `${fires(alerting, tier)} or ${held(alerting, tier)}`,
    for: null,
    labels: templates({ ...alerting.labels, severity: tier.severity, tier: tier.tier }),
    annotations: { ...burnTexts(alerting.definition, tier), ...links(alerting, tier.tier) },
  };
}

function fires({ definition, recorded }: Alerting, tier: BurnTier): string {
  const limit = numberText(tier.factor * budgetOf(definition.objective));
  const above = (ms: number) => `${recorded.now(ratioSeries(ms))} > ${limit}`;
  const least = minBadOf(definition);
  const bad = `${recorded.growth(SERIES.badTotal, tier.longMs)} >= ${numberText(least)}`;
  const clauses = [above(tier.longMs), above(tier.shortMs), ...(least > 0 ? [bad] : [])];
  return clauses.join(" and ");
}

/** NaN is a value that says so: the alert stands, and its text tells that the present number is not known. */
function held({ recorded }: Alerting, { tier, longMs, shortMs }: BurnTier): string {
  const state = { alertname: BURN_ALERT, alertstate: "firing", tier };
  const known = [longMs, shortMs].map((ms) => recorded.now(ratioSeries(ms))).join(" and ");
  return `(${recorded.also(state).now("ALERTS")} * NaN unless (${known}))`;
}

/**
 * The alert of an SLI that gives no answer: then no other alert of the SLO can begin.
 * @example noDataAlert(alerting).for // "5m"
 */
export function noDataAlert(alerting: Alerting): AlertingRule {
  const name = nameOf(alerting.definition);
  return {
    alert: NO_DATA_ALERT,
    expr: `absent_over_time(${alerting.recorded.selector(SERIES.covered)}[5m])`,
    for: "5m",
    labels: templates({ ...alerting.labels, severity: "ticket" }),
    annotations: {
      summary: `${name}: no answer for 10 minutes, the state of its error budget is unknown`,
      description:
        "The queries of its SLI find no samples, so a burn of its error budget would not be seen. See whether its targets are scraped and its metrics still have the names that the SLO asks for.",
      ...links(alerting, null),
    },
  };
}

function nameOf({ service, name }: SloDefinition): string {
  return templateText(`${service}/${name}`);
}

/** `$value` is the share over the long window, NaN while the alert is held. */
function burnTexts(definition: SloDefinition, tier: BurnTier): Record<string, string> {
  const { objective, window, description } = definition;
  const [long, short] = [formatDuration(tier.longMs), formatDuration(tier.shortMs)];
  const may = `${numberText(100 * budgetOf(objective))}%`;
  const known = `{{ $value | humanizePercentage }} failed in the last ${long}; ${may} may over ${templateText(window.label)}. The last ${short} are above the limit as well.`;
  const unknown = `How much failed in the last ${long} is not known now; it was too much when it was last known.`;
  const what = description === null ? "" : ` The objective: ${templateText(description)}`;
  return {
    summary: `${nameOf(definition)} spends its error budget more than ${numberText(tier.factor)} times too fast`,
    description: `{{ if eq (printf "%f" $value) "NaN" }}${unknown}{{ else }}${known}{{ end }}${what}`,
  };
}

function links({ definition, options }: Alerting, tier: string | null): Record<string, string> {
  const { service, name, runbook, dashboard } = definition;
  const slo = `${encodeURIComponent(service)}/${encodeURIComponent(name)}`;
  const at = tier === null ? "" : `&tier=${encodeURIComponent(tier)}`;
  return templates({
    dashboard_url: `${options.url}/alert?slo=${slo}${at}`,
    ...(runbook === null ? {} : { runbook_url: runbook }),
    ...(dashboard === null ? {} : { dashboard }),
  });
}

function templates(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, v]) => [name, templateText(v)]));
}
