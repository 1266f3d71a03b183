import { nameOf, type Written } from "#lib/convert/loss.ts";
import { writeExclusions } from "#lib/convert/plainExclusions.ts";
import { writeBudgetPolicy } from "#lib/convert/plainPolicy.ts";
import { defaultAlerting } from "#lib/spec/details.ts";
import type { BurnTier, SliDefinition, SloDefinition, SloWindow } from "#lib/spec/model.ts";
import { formatDuration } from "#lib/time/duration.ts";

/**
 * SLOs as plain documents, one for each service and team. Nothing is lost.
 * @example writePlain([definition]).documents // [{ service: "api", slos: [{ name: "availability", … }] }]
 */
export function writePlain(definitions: readonly SloDefinition[]): Written {
  const groups = Map.groupBy(definitions, ({ service, team }) => `${service}\n${team ?? ""}`);
  const documents = [...groups.values()].map((group) => ({
    service: group[0]?.service,
    ...(group[0]?.team ? { owner: group[0].team } : {}),
    ...writeExclusions(group, "service"),
    slos: group.map(writeSlo),
  }));
  const losses = definitions.map((slo) => ({ slo: nameOf(slo), written: true, losses: [] }));
  return { documents, losses };
}

function writeSlo(slo: SloDefinition): object {
  const { name, description, labels, runbook, dashboard, datasource, enforced, formerly } = slo;
  return {
    name,
    ...(description === null ? {} : { description }),
    sli: writeSli(slo.sli),
    objective: slo.objective,
    window: writeWindow(slo.window),
    ...writeBudgeting(slo),
    ...(slo.grouping ? { grouping: slo.grouping } : {}),
    ...writeBudgetPolicy(slo),
    ...writeAlerting(slo),
    ...writeExclusions([slo], "slo"),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(runbook === null ? {} : { runbook }),
    ...(dashboard === null ? {} : { dashboard }),
    ...(datasource === null ? {} : { datasource }),
    ...(enforced ? {} : { enforced }),
    ...(formerly.length > 0 ? { formerly } : {}),
  };
}

function writeSli(sli: SliDefinition): object {
  switch (sli.kind) {
    case "events":
      return { [sli.counts]: sli.numerator, total: sli.total };
    case "threshold":
      return { metric: sli.query, op: sli.op, threshold: sli.threshold };
    case "ratio":
      return { [sli.counts === "good" ? "ratio" : "error_ratio"]: sli.query };
  }
}

function writeWindow(window: SloWindow): string | object {
  if (window.kind === "rolling") return window.label;
  const { unit, count, zone, startsAt } = window;
  if (count === 1 && zone === "UTC" && startsAt === null) return unit;
  const start = startsAt === null ? {} : { start: startsAt.replace("T", " ") };
  return { calendar: unit, ...(count === 1 ? {} : { count }), zone, ...start };
}

function writeBudgeting({ budgeting }: SloDefinition): object {
  if (!budgeting || budgeting.method === "occurrences") return {};
  const window = formatDuration(budgeting.windowMs);
  return budgeting.method === "timeslices"
    ? { budgeting: { method: "timeslices", target: budgeting.target, window } }
    : { budgeting: { method: "ratio_timeslices", window } };
}

function writeAlerting({ alerting, sli }: SloDefinition): object {
  const { minBadEvents, page, ticket, tiers } = alerting;
  const usual = defaultAlerting(sli.kind);
  const said = {
    ...(page ? {} : { page }),
    ...(ticket ? {} : { ticket }),
    ...(minBadEvents === usual.minBadEvents ? {} : { min_bad_events: minBadEvents }),
    ...(tiers ? { tiers: tiers.map(writeTier) } : {}),
  };
  return Object.keys(said).length > 0 ? { alerting: said } : {};
}

function writeTier({ severity, factor, longMs, shortMs }: BurnTier): object {
  return { severity, factor, long: formatDuration(longMs), short: formatDuration(shortMs) };
}
