import { labelsWithTeam } from "#lib/convert/labels.ts";
import { type Loss, nameOf, type Written } from "#lib/convert/loss.ts";
import { lostFields } from "#lib/convert/lost.ts";
import { defaultAlerting } from "#lib/spec/details.ts";
import type {
  Budgeting,
  BurnTier,
  CalendarUnit,
  SliDefinition,
  SloDefinition,
  SloWindow,
} from "#lib/spec/model.ts";
import { rateOfCounters } from "#lib/spec/openslo/counter.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const UNSAYABLE = [
  "grouping",
  "policy",
  "clauses",
  "exclusions",
  "enforced",
  "formerly",
  "runbook",
  "dashboard",
] as const;
const MAX_DESCRIPTION = 1050;

/**
 * SLOs as OpenSLO v1, one document for each, with the SLI and alert policies in it.
 * @example writeOpenSlo([definition]).documents // [{ apiVersion: "openslo/v1", kind: "SLO", … }]
 */
export function writeOpenSlo(definitions: readonly SloDefinition[]): Written {
  const written = definitions.map(writeSlo);
  return {
    documents: written.map(({ document }) => document),
    losses: written.map(({ losses }, i) => {
      const definition = definitions[i];
      return { slo: definition ? nameOf(definition) : "", written: true, losses };
    }),
  };
}

function writeSlo(definition: SloDefinition): { document: object; losses: Loss[] } {
  const { name, service, description, budgeting } = definition;
  const { labels, losses: ofLabels } = labelsWithTeam(definition);
  const sayable = description !== null && description.length <= MAX_DESCRIPTION;
  const alerting = writeAlerting(definition);
  const spec = {
    ...(sayable ? { description } : {}),
    service,
    indicator: { metadata: { name }, spec: writeSli(definition) },
    timeWindow: [writeWindow(definition.window)],
    budgetingMethod: methodOf(budgeting),
    objectives: [writeObjective(definition)],
    ...alerting.fields,
  };
  const metadata = { name, ...(Object.keys(labels).length > 0 ? { labels } : {}) };
  return {
    document: { apiVersion: "openslo/v1", kind: "SLO", metadata, spec },
    losses: [
      ...ofLabels,
      ...alerting.losses,
      ...lostFields(definition, sayable ? UNSAYABLE : [...UNSAYABLE, "description"]),
    ],
  };
}

function writeSli({ sli, datasource }: SloDefinition): object {
  const source = (query: string) => ({
    metricSource: {
      ...(datasource === null ? {} : { metricSourceRef: datasource }),
      type: "Prometheus",
      spec: { query },
    },
  });
  switch (sli.kind) {
    case "threshold":
      return { thresholdMetric: source(sli.query) };
    case "ratio":
      return {
        ratioMetric: {
          rawType: sli.counts === "good" ? "success" : "failure",
          raw: source(sli.query),
        },
      };
    case "events":
      return {
        ratioMetric: {
          ...(hasRanges(sli) ? { counter: true } : {}),
          [sli.counts]: source(sli.numerator),
          total: source(sli.total),
        },
      };
  }
}

/** With `counter: true` a bare counter would be read as its rate. */
function hasRanges({ numerator, total }: Extract<SliDefinition, { kind: "events" }>): boolean {
  return [numerator, total].every((query) => rateOfCounters(query) === query);
}

const LETTERS: Readonly<Record<CalendarUnit, string>> = {
  week: "w",
  month: "M",
  quarter: "Q",
  year: "Y",
};

/** A Monday that is also the first day of a year, so every kind of period begins with it. */
const USUAL_START = "2024-01-01 00:00:00";

function writeWindow(window: SloWindow): object {
  if (window.kind === "rolling") {
    const duration = /^\d+[mhdw]$/.test(window.label) ? window.label : shorthand(window.ms);
    return { duration, isRolling: true };
  }
  const { unit, count, zone, startsAt } = window;
  return {
    duration: `${count}${LETTERS[unit]}`,
    calendar: { startTime: startsAt?.replace("T", " ") ?? USUAL_START, timeZone: zone },
    isRolling: false,
  };
}

function shorthand(ms: number): string {
  if (ms % DAY === 0) return `${ms / DAY}d`;
  return ms % HOUR === 0 ? `${ms / HOUR}h` : `${ms / MINUTE}m`;
}

function methodOf(budgeting: Budgeting | undefined): string {
  if (budgeting?.method === "timeslices") return "Timeslices";
  return budgeting?.method === "ratioTimeslices" ? "RatioTimeslices" : "Occurrences";
}

function writeObjective({ sli, objective, budgeting }: SloDefinition): object {
  return {
    target: objective,
    ...(sli.kind === "threshold" ? { op: sli.op, value: sli.threshold } : {}),
    ...(budgeting?.method === "timeslices" ? { timeSliceTarget: budgeting.target } : {}),
    ...(budgeting && budgeting.method !== "occurrences"
      ? { timeSliceWindow: shorthand(budgeting.windowMs) }
      : {}),
  };
}

/** Tiers become alert policies; a severity that is switched off has none, so both must say the same. */
function writeAlerting(definition: SloDefinition): { fields: object; losses: Loss[] } {
  const { name, alerting } = definition;
  const { tiers, page, ticket, minBadEvents } = alerting;
  const usual = defaultAlerting(definition.sli.kind).minBadEvents === minBadEvents;
  const agrees = tiers ? hasBoth(tiers, { page, ticket }) : page && ticket;
  const losses: Loss[] =
    usual && agrees
      ? []
      : [
          {
            field: "alerting",
            message: "what is switched off, and least numbers of bad events, are not carried over",
          },
        ];
  if (!tiers || !agrees) return { fields: {}, losses };
  return { fields: { alertPolicies: tiers.map((tier) => writePolicy(name, tier)) }, losses };
}

function hasBoth(tiers: readonly BurnTier[], said: { page: boolean; ticket: boolean }): boolean {
  const has = (severity: string) => tiers.some((tier) => tier.severity === severity);
  return has("page") === said.page && has("ticket") === said.ticket && tiers.length > 0;
}

function writePolicy(slo: string, { tier, severity, factor, longMs, shortMs }: BurnTier): object {
  const condition = {
    kind: "burnrate",
    op: "gte",
    threshold: factor,
    lookbackWindow: shorthand(longMs),
    alertAfter: shorthand(shortMs),
  };
  return {
    kind: "AlertPolicy",
    metadata: { name: `${slo}-${tier}`.slice(-100).replace(/^[._-]+/, "") },
    spec: {
      alertWhenBreaching: true,
      conditions: [
        { kind: "AlertCondition", metadata: { name: tier }, spec: { severity, condition } },
      ],
      notificationTargets: [],
    },
  };
}
