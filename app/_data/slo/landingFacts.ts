import { titleOf } from "#app/_data/cost/names.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { SloFacts } from "#app/_data/slo/facts.ts";
import type { AlertLanding } from "#components/slo/alert/view.ts";
import { clausesOf } from "#lib/policy/clauses.ts";
import { HEALTHY } from "#lib/policy/policy.ts";
import { STALE_MS } from "#lib/slo/present.ts";

/** What is known of the SLO and of how its service delivers. */
interface Known {
  readonly facts: SloFacts;
  readonly known: KnownDelivery;
}

/** The newest deployment of the service before a time (epoch ms). */
export function deploymentBefore(
  { known, facts }: Known,
  start: number,
): AlertLanding["deployment"] {
  const { service } = facts.record;
  const before = known.delivery.verdicts
    .filter(({ deployment: d }) => d.service === service && d.finishedAt <= start)
    .sort((a, b) => b.deployment.finishedAt - a.deployment.finishedAt)[0];
  if (!before) return null;
  const { deployment, failed, incidentIds } = before;
  const causeOf = known.delivery.incidents
    .filter(({ id }) => incidentIds.includes(id))
    .map(({ title }) => title);
  const { id, finishedAt } = deployment;
  return { id, title: titleOf(deployment), at: finishedAt, failed, causeOf };
}

const MOST = 3;

/** Incidents of the service that were open at some time from the start to the end of the range, newest first. */
export function incidentsIn(
  { known, facts, to }: Known & { readonly to: number },
  start: number,
): AlertLanding["incidents"] {
  return known.delivery.incidents
    .filter(({ service }) => service === facts.record.service)
    .filter((one) => one.startedAt <= to && (one.resolvedAt ?? to) >= start)
    .sort((a, b) => b.startedAt - a.startedAt)
    .slice(0, MOST)
    .map(({ id, title, severity, startedAt, resolvedAt }) => ({
      ...{ id, title, severity, startedAt, resolvedAt },
    }));
}

/** What its policy asks for now; null where that is not known, and of one that is retired. */
export function policyNow({ record }: SloFacts, now: number): AlertLanding["policy"] {
  const { status, detail, definition, retiredAt } = record;
  if (!status || retiredAt !== null) return null;
  const { policyState: state } = status;
  const isKnown =
    status.state !== "unknown" && !status.held && now - Date.parse(status.asOf) <= STALE_MS;
  // A block is held while nobody can look again.
  if (!isKnown && !detail?.blocks) return null;
  const step = definition.policy.find(({ name }) => name === state);
  return {
    state,
    action: state === HEALTHY ? null : (step?.action ?? null),
    blocks: detail?.blocks ?? false,
    liftsAt: detail?.liftsAt ? Date.parse(detail.liftsAt) : null,
    exempt: clausesOf(definition).exempt,
    enforced: definition.enforced,
  };
}
