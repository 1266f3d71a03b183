import { labelsWithTeam } from "#lib/convert/labels.ts";
import { type Loss, nameOf, type SloLosses, type Written } from "#lib/convert/loss.ts";
import { lostFields } from "#lib/convert/lost.ts";
import { percentOfShare } from "#lib/convert/percent.ts";
import { withWindowTemplate } from "#lib/convert/ranges.ts";
import { givesSeveral } from "#lib/promql/syntax.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import { defaultAlerting } from "#lib/spec/details.ts";
import type { SliDefinition, SloDefinition } from "#lib/spec/model.ts";
import { DEFAULT_WINDOW } from "#lib/spec/window.ts";

const UNSAYABLE = [
  "budgeting",
  "grouping",
  "policy",
  "clauses",
  "exclusions",
  "enforced",
  "formerly",
  "runbook",
  "dashboard",
  "datasource",
] as const;

/** Sloth refuses objectives of 1 % and less. */
const LOWEST_PERCENT = 1;

/**
 * SLOs as Sloth's `prometheus/v1`, a document for each service.
 * @example writeSloth([definition]).documents // [{ version: "prometheus/v1", service: "api", … }]
 */
export function writeSloth(definitions: readonly SloDefinition[]): Written {
  const written = definitions.map((definition) => ({ definition, ...writeSlo(definition) }));
  const services = Map.groupBy(
    written.filter(({ slo }) => slo !== null),
    ({ definition }) => definition.service,
  );
  const documents = [...services].map(([service, group]) => ({
    version: "prometheus/v1",
    service,
    slos: group.map(({ slo }) => slo),
  }));
  const losses = written.map(
    ({ definition, slo, losses }): SloLosses => ({
      slo: nameOf(definition),
      written: slo !== null,
      losses,
    }),
  );
  return { documents, losses };
}

function writeSlo(definition: SloDefinition): { slo: object | null; losses: Loss[] } {
  const { name, description } = definition;
  const objective = percentOfShare(definition.objective);
  if (objective <= LOWEST_PERCENT) {
    const message = "Sloth has no objectives of 1 % and less";
    return { slo: null, losses: [{ field: "objective", message }] };
  }
  const { labels, losses: ofLabels } = labelsWithTeam(definition);
  const { sli, losses: ofSli } = writeSli(definition.sli);
  const slo = {
    name,
    objective,
    ...(description === null ? {} : { description }),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    sli,
    alerting: writeAlerting(definition),
  };
  const losses = [
    ...lostWindow(definition),
    ...lostAlerting(definition),
    ...lostFields(definition, UNSAYABLE),
  ];
  return { slo, losses: [...ofSli, ...ofLabels, ...losses] };
}

function writeSli(sli: SliDefinition): { sli: object; losses: Loss[] } {
  const { parts, message } = partsOf(sli);
  const templated = parts.map(([name, query]) => ({ name, ...withWindowTemplate(query) }));
  const queries = Object.fromEntries(templated.map(({ name, query }) => [name, query]));
  const messages = [
    ...(message ? [message] : []),
    ...(templated.every(({ same }) => same)
      ? []
      : ["the ranges of its queries become {{.window}}"]),
  ];
  return {
    sli: sli.kind === "events" ? { events: queries } : { raw: queries },
    losses: messages.map((text) => ({ field: "sli", message: text })),
  };
}

/** Sloth counts errors, so what is good becomes the rest. */
function partsOf(sli: SliDefinition): {
  parts: readonly (readonly [string, string])[];
  message: string | null;
} {
  if (sli.kind === "threshold") {
    return {
      parts: [["error_ratio_query", shareBeyond(sli)]],
      message:
        "Sloth has no limits: it is written as a ratio, the share of minutes beyond the limit",
    };
  }
  if (sli.kind === "ratio") {
    const bad = sli.counts === "bad";
    const query = bad ? sli.query : `1 - ${bracketed(sli.query)}`;
    return {
      parts: [["error_ratio_query", query]],
      message: bad
        ? null
        : "Sloth counts errors: they are written as 1 less the good share, the same number",
    };
  }
  const bad = sli.counts === "bad";
  const errors = bad ? sli.numerator : `${summed(sli.total)} - ${summed(sli.numerator)}`;
  return {
    parts: [
      ["error_query", errors],
      ["total_query", sli.total],
    ],
    message: bad
      ? null
      : "Sloth counts errors: they are written as all events less the good ones, the same number",
  };
}

/** A comment at the end would swallow the bracket. */
function bracketed(query: string): string {
  return query.includes("#") ? `(${query}\n)` : `(${query})`;
}

/** Two sums of series are subtracted only when each is one number. */
function summed(query: string): string {
  const parsed = parsePromql(query);
  const several = "tree" in parsed && givesSeveral(parsed.tree, parsed.tree.root);
  return several ? `sum${bracketed(query)}` : bracketed(query);
}

const BEYOND = {
  lt: ["max", ">="],
  lte: ["max", ">"],
  gt: ["min", "<="],
  gte: ["min", "<"],
} as const;

function shareBeyond({
  query,
  op,
  threshold,
}: Extract<SliDefinition, { kind: "threshold" }>): string {
  const [worst, sign] = BEYOND[op];
  return `avg_over_time((${worst}${bracketed(query)} ${sign} bool ${threshold})[{{.window}}:1m])`;
}

function writeAlerting({ service, name, alerting }: SloDefinition): object {
  return {
    name: `${service}-${name}`,
    ...(alerting.page ? {} : { page_alert: { disable: true } }),
    ...(alerting.ticket ? {} : { ticket_alert: { disable: true } }),
  };
}

function lostAlerting({ alerting, sli }: SloDefinition): Loss[] {
  const kind = sli.kind === "events" ? "events" : "ratio";
  const usual = alerting.minBadEvents === defaultAlerting(kind).minBadEvents;
  if (usual && alerting.tiers === undefined) return [];
  const message = "its own alert tiers and least numbers of bad events are not carried over";
  return [{ field: "alerting", message }];
}

function lostWindow({ window }: SloDefinition): Loss[] {
  if (window.kind === "rolling" && window.ms === DEFAULT_WINDOW.ms) return [];
  const message = `Sloth's documents name no window: 30d counts, not ${window.label}`;
  return [{ field: "window", message }];
}
