import { labelsWithTeam } from "#lib/convert/labels.ts";
import { type Loss, nameOf, type SloLosses, type Written } from "#lib/convert/loss.ts";
import { lostFields } from "#lib/convert/lost.ts";
import { percentOfShare } from "#lib/convert/percent.ts";
import { indicatorOf } from "#lib/convert/pyrraIndicator.ts";
import { defaultAlerting } from "#lib/spec/details.ts";
import type { SloDefinition, SloWindow } from "#lib/spec/model.ts";
import { formatDuration } from "#lib/time/duration.ts";

const UNSAYABLE = [
  "budgeting",
  "policy",
  "clauses",
  "exclusions",
  "enforced",
  "formerly",
  "runbook",
  "dashboard",
  "datasource",
] as const;

/**
 * SLOs as Pyrra's ServiceLevelObjective, one document for each. Pyrra's metrics are bare selectors, so
 * SLOs with other queries are left out.
 * @example writePyrra([definition]).documents // [{ apiVersion: "pyrra.dev/v1alpha1", … }]
 */
export function writePyrra(definitions: readonly SloDefinition[]): Written {
  const written = definitions.map(writeSlo);
  return {
    documents: written.flatMap(({ document }) => document ?? []),
    losses: written.map(
      ({ document, losses }, i): SloLosses => ({
        slo: nameOf(definitions[i] ?? { service: "", name: "" }),
        written: document !== null,
        losses,
      }),
    ),
  };
}

function writeSlo(definition: SloDefinition): { document: object | null; losses: Loss[] } {
  const { name, service, description, grouping } = definition;
  const indicator = indicatorOf(definition.sli);
  if (indicator === null) {
    const message = "Pyrra's metrics are bare selectors, and these queries are more than that";
    return { document: null, losses: [{ field: "sli", message }] };
  }
  const { labels, losses: ofLabels } = labelsWithTeam(definition);
  const fields = { ...indicator.fields, ...(grouping ? { grouping } : {}) };
  const spec = {
    target: String(percentOfShare(definition.objective)),
    window: durationOf(definition.window),
    ...(description === null ? {} : { description }),
    indicator: { [indicator.kind]: fields },
    ...(isSilent(definition) ? { alerting: { burnrates: false } } : {}),
  };
  const metadata = { name, labels: { ...labels, "pyrra.dev/service": service } };
  return {
    document: { apiVersion: "pyrra.dev/v1alpha1", kind: "ServiceLevelObjective", metadata, spec },
    losses: [
      ...indicator.losses,
      ...ofLabels,
      ...lostWindow(definition.window),
      ...lostAlerting(definition),
      ...lostFields(definition, UNSAYABLE),
    ],
  };
}

function durationOf({ kind, label, ms }: SloWindow): string {
  return kind === "rolling" ? label : formatDuration(ms);
}

function isSilent({ alerting }: SloDefinition): boolean {
  return !alerting.page && !alerting.ticket;
}

function lostWindow(window: SloWindow): Loss[] {
  if (window.kind === "rolling") return [];
  const message = `the calendar ${window.label} becomes a rolling window of ${durationOf(window)}`;
  return [{ field: "window", message }];
}

function lostAlerting({ alerting, sli }: SloDefinition): Loss[] {
  const { page, ticket, tiers, minBadEvents } = alerting;
  const usual = minBadEvents === defaultAlerting(sli.kind).minBadEvents;
  if (page === ticket && tiers === undefined && usual) return [];
  const message =
    "its own alert tiers, one severity switched off and least numbers of bad events are not carried over";
  return [{ field: "alerting", message }];
}
