import type { Suspect } from "#app/_data/cost/some.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { Incident } from "#lib/dora/facts.ts";
import { clearBefore, incidentSpans } from "#lib/dora/incidentSpans.ts";
import type { Verdict } from "#lib/dora/verdict.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

/** A deployment with the incidents that it caused. */
export function asDeployment({ delivery }: KnownDelivery, verdict: Verdict): Suspect {
  const { id, service, finishedAt } = verdict.deployment;
  const own = new Set(verdict.incidentIds);
  const incidents = own.size === 0 ? [] : delivery.incidents.filter((one) => own.has(one.id));
  const ends = incidents.map(({ resolvedAt }) => resolvedAt);
  return {
    ...{ kind: "deployment", id, service, at: finishedAt },
    from: Math.min(finishedAt, ...incidents.map(({ startedAt }) => startedAt)),
    until: ends.includes(null) ? null : Math.max(finishedAt, ...ends.map((end) => end ?? 0)),
    watchMs: isAlone(verdict) ? HOUR : DAY,
    comparedTo: clearBefore(spansOf(delivery.incidents, service), { at: finishedAt, lengthMs: 0 }),
  };
}

function spansOf(incidents: readonly Incident[], service: string) {
  return incidentSpans(incidents.filter((one) => one.service === service));
}

/** Without anything that tells how long it hurt, a deployment is watched for an hour (lib/dora/watch). */
function isAlone({ incidentIds, burnAlerts }: Verdict): boolean {
  return incidentIds.length === 0 && burnAlerts.length === 0;
}

export function asIncident({ id, service, startedAt, resolvedAt }: Incident): Suspect {
  const span = { at: startedAt, from: startedAt, until: resolvedAt };
  return { kind: "incident", id, service, ...span, watchMs: 0, comparedTo: startedAt };
}

/** More than these are not all looked at one by one. */
const MOST = 500;

/**
 * The deployments of a range that can have cost a tenth of a budget: all, if they are few; of many,
 * those with an incident or near a burn alert, as so much is hardly spent without.
 */
export function candidates(
  { delivery, facts }: KnownDelivery,
  ask: {
    readonly from: number;
    readonly to: number;
    readonly services: ReadonlySet<string> | null;
  },
): { readonly verdicts: readonly Verdict[]; readonly among: "all" | "suspected" } {
  const asked = delivery.verdicts
    .filter(({ deployment: { finishedAt } }) => finishedAt >= ask.from && finishedAt < ask.to)
    .filter(({ deployment: { service } }) => ask.services?.has(service) ?? true);
  if (asked.length <= MOST) return { verdicts: asked, among: "all" };
  const burns = Map.groupBy(facts.burnAlerts, ({ service }) => service);
  const suspected = asked.filter(
    ({ deployment: { service, finishedAt }, incidentIds }) =>
      incidentIds.length > 0 ||
      (burns.get(service) ?? []).some(
        ({ startedAt, endedAt }) =>
          startedAt < finishedAt + DAY && (endedAt === null || endedAt > finishedAt),
      ),
  );
  return { verdicts: suspected, among: "suspected" };
}
