import type { Db } from "#db/connection.ts";
import type { OpenAlert } from "#db/writes/alerts.ts";
import type { EvaluatedSlo } from "#db/writes/evaluated.ts";
import { alertId, readToldAlerts, resolvedNotice, type ToldAlert } from "#db/writes/toldAlerts.ts";
import type { Notice } from "#lib/notices/notice.ts";
import { paceWindow } from "#lib/slo/pace.ts";
import type { Severity } from "#lib/slo/status.ts";

/** How the alerts stood before, by SLO. */
interface AlertsBefore {
  readonly open: ReadonlyMap<number, readonly OpenAlert[]>;
  /** Of SLOs at which a severity began or ended. */
  readonly told: ReadonlyMap<number, readonly ToldAlert[]>;
}

/** What receivers are to hear of these evaluations: most are told nothing. */
export function noticesOf(evaluated: readonly EvaluatedSlo[], before: AlertsBefore): Notice[] {
  return evaluated.flatMap((each) => [...policyNotice(each), ...alertNotices(each, before)]);
}

/** The told alerts of SLOs at which a severity began or ended; of the others nothing is asked. */
export async function readToldBefore(
  db: Db,
  evaluated: readonly EvaluatedSlo[],
  open: AlertsBefore["open"],
): Promise<AlertsBefore["told"]> {
  const ids = evaluated.flatMap(({ slo, evaluation }) => {
    const own = open.get(slo.id) ?? [];
    return isChanged(own, evaluation.firing) ? own.map(({ id }) => id) : [];
  });
  const told = ids.length > 0 ? await readToldAlerts(db, ids) : [];
  return Map.groupBy(told, ({ sloId }) => sloId);
}

function policyNotice({ slo, evaluation }: EvaluatedSlo): Notice[] {
  const { status, detail, transition } = evaluation;
  if (!transition) return [];
  const state = slo.definition.policy.find(({ name }) => name === transition.to);
  const at = Date.parse(status.asOf);
  // A changed document is evaluated at once, so one minute may hold two changes.
  const key = `policy:${slo.id}:${at}:${transition.to}`;
  return [
    {
      ...{ kind: "policy-changed", key, at },
      ...{ team: status.team, service: status.service, slo: status.slo },
      ...transition,
      action: (detail.enforced && state?.action) || null,
      blocks: detail.blocks,
      consumed: status.consumed,
      liftsAt: momentOf(detail.liftsAt),
    },
  ];
}

/**
 * Told of the worst severity of an SLO's alerts, not of every tier: four tiers may fire in one outage,
 * and the page tells them apart. What was told as begun is told as over, and only that.
 */
function alertNotices(each: EvaluatedSlo, { open, told }: AlertsBefore): Notice[] {
  const { slo, evaluation } = each;
  const opened = open.get(slo.id) ?? [];
  if (!isChanged(opened, evaluation.firing)) return [];
  const { status, firing } = evaluation;
  const { team, service } = status;
  const of = { at: Date.parse(status.asOf), team, service, slo: status.slo };
  const own = told.get(slo.id) ?? [];
  const after = severitiesOf(firing);
  const over = own.filter(({ severity }) => !after.has(severity));
  const [worst] = firing;
  const isNews = worst && rank(worst.severity) !== rank(worstOf(opened));
  const isTold = own.some(({ severity }) => severity === worst?.severity);
  return [
    ...over.map((alert) => resolvedNotice(alert, of)),
    ...(isNews && !isTold ? [openedNotice(each, firstOf(firing, worst))] : []),
  ];
}

type Firing = EvaluatedSlo["evaluation"]["firing"][number];

/** Of the tiers of its severity the one that began first: its end is found by going back from the last. */
function firstOf(firing: readonly Firing[], worst: Firing): Firing {
  return firing
    .filter(({ severity }) => severity === worst.severity)
    .reduce((first, each) => (each.since < first.since ? each : first), worst);
}

function openedNotice({ slo, evaluation }: EvaluatedSlo, first: Firing): Notice {
  const { status } = evaluation;
  const { tier, severity, since: startedAt } = first;
  const alert = alertId({ sloId: slo.id, severity, startedAt });
  return {
    ...{ kind: "alert-opened", key: `alert-opened:${alert}`, at: Date.parse(status.asOf) },
    ...{ team: status.team, service: status.service, slo: status.slo },
    ...{ alert, tier, severity, startedAt },
    ...{ consumed: status.consumed, exhaustsAt: momentOf(status.exhaustsAt) },
    paceOver: paceWindow(evaluation.detail).label,
  };
}

interface Severe {
  readonly severity: Severity;
}

/** Whether a severity began or ended. */
function isChanged(before: readonly Severe[], after: readonly Severe[]): boolean {
  const [were, are] = [severitiesOf(before), severitiesOf(after)];
  return were.size !== are.size || [...were].some((severity) => !are.has(severity));
}

function severitiesOf(alerts: readonly Severe[]): Set<Severity> {
  return new Set(alerts.map(({ severity }) => severity));
}

function worstOf(alerts: readonly Severe[]): Severity | null {
  return alerts.map(({ severity }) => severity).toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
}

function rank(severity: Severity | null): number {
  return severity === null ? 0 : severity === "ticket" ? 1 : 2;
}

function momentOf(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}
