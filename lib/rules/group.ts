import { type Alerting, burnAlert, noDataAlert } from "#lib/rules/alerts.ts";
import { labelsOf } from "#lib/rules/labels.ts";
import { lossesOf, type RuleLoss, refusal } from "#lib/rules/losses.ts";
import { minuteExpressions } from "#lib/rules/minute.ts";
import type { RecordingRule, RuleGroup, RuleOptions } from "#lib/rules/model.ts";
import { Recorded, SERIES } from "#lib/rules/series.ts";
import { numberText } from "#lib/rules/text.ts";
import { splitTiers } from "#lib/rules/tiers.ts";
import { totalExpressions } from "#lib/rules/totals.ts";
import { remainingExpression, windowExpression } from "#lib/rules/windows.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import type { BurnTier, SloDefinition } from "#lib/spec/model.ts";

/** The rules of one SLO, and what they cannot say; no group when it cannot be exported at all. */
export interface SloRules {
  readonly group: RuleGroup | null;
  readonly losses: readonly RuleLoss[];
}

/**
 * Prometheus rules of one SLO: recorded events of each minute, running totals, error ratios of the
 * windows of its tiers, and an alert for each tier that can fire.
 * @example sloRules(definition, options).group?.name // "plimsoll:checkout/availability"
 */
export function sloRules(definition: SloDefinition, options: RuleOptions): SloRules {
  const refused = refusal(definition);
  if (refused) return { group: null, losses: [refused] };
  const { service, name, sli } = definition;
  const labels = labelsOf(definition, options);
  const recorded = new Recorded(labels.identity);
  const minute = minuteExpressions(sli, recorded, options.scrapeIntervalMs);
  if ("error" in minute)
    return { group: null, losses: [{ code: "not-countable", message: minute.error }] };
  const { live } = splitTiers(definition);
  const recordings = [
    ...about(definition),
    ...minute.minute,
    ...totalExpressions(sli, recorded),
    ...windows(definition, live, recorded),
  ];
  const alerting: Alerting = { definition, recorded, options, labels: labels.alerts };
  const alerts = [
    ...live.map((tier) => burnAlert(alerting, tier)),
    ...(definition.alerting.ticket ? [noDataAlert(alerting)] : []),
  ];
  const rules = [...recordings.map(recording(labels.recordings)), ...alerts];
  const group = { name: `plimsoll:${service}/${name}`, interval: "1m", rules };
  return { group, losses: lossesOf(definition) };
}

type Expression = readonly [record: string, expr: string];

function recording(labels: Readonly<Record<string, string>>) {
  return ([record, expr]: Expression): RecordingRule => ({ record, expr, labels });
}

function about({ objective, window }: SloDefinition): Expression[] {
  return [
    [SERIES.objective, `vector(${numberText(objective)})`],
    [SERIES.budget, `vector(${numberText(budgetOf(objective))})`],
    [SERIES.period, `vector(${window.ms / 1000})`],
  ];
}

function windows(
  definition: SloDefinition,
  tiers: readonly BurnTier[],
  recorded: Recorded,
): Expression[] {
  const { window } = definition;
  const remaining = remainingExpression(definition, recorded);
  const lengths = new Set(tiers.flatMap((tier) => [tier.longMs, tier.shortMs]));
  if (remaining !== null) lengths.add(window.ms);
  const ratios = [...lengths].sort((a, b) => a - b).map((ms) => windowExpression(ms, recorded));
  return remaining === null ? ratios : [...ratios, [SERIES.remaining, remaining]];
}
