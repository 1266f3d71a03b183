import { type ChangeIndex, findChange } from "#lib/dora/changes.ts";
import type { Deployment } from "#lib/dora/deployment.ts";
import type { BurnAlert, Incident, IncidentLink } from "#lib/dora/facts.ts";
import type { LandedAt } from "#lib/dora/mending.ts";
import type { Confidence, Rework } from "#lib/dora/rework.ts";
import { firstAfter, lastBefore, type Sequences, versionsNamed } from "#lib/dora/sequence.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

/** The rungs of the ladder, in the order in which they are tried. */
export type AttributionMethod =
  | "hand"
  | "explicit"
  | "remediation"
  | "burn-alert"
  | "last-deployment"
  | "unattributed";

/** Which deployment caused an incident, and how that is known. */
export interface Attribution {
  readonly incidentId: string;
  /** Null when no deployment is known to have caused it, or a person said that none has. */
  readonly deploymentId: string | null;
  readonly method: AttributionMethod;
  readonly confidence: Confidence | null;
}

/** Where what an incident names is looked up. */
export interface Links {
  readonly sequences: Sequences;
  readonly index: ChangeIndex;
  readonly landed: LandedAt;
}

export interface AttributionInput extends Links {
  /** Rollbacks, reverts and hotfixes. */
  readonly reworks: readonly Rework[];
  readonly burnAlerts: readonly BurnAlert[];
}

/** A burn that begins so soon after a deployment is taken for its doing. */
const BURN_MS = 2 * HOUR;

/**
 * Finds the cause of each incident of the input's services: by hand, by what the incident names, by
 * what mended it, by a burn alert that began within 2 h after a deployment, by the last deployment
 * within 24 h before; else it is unattributed, which is an answer too.
 * @example attributor(input)(incident).method // "burn-alert"
 */
export function attributor(input: AttributionInput): (incident: Incident) => Attribution {
  const alerts = Map.groupBy(input.burnAlerts, ({ service }) => service);
  const mends = Map.groupBy(input.reworks, ({ deploymentId }) => deploymentId);
  const ladder: readonly (readonly [AttributionMethod, Confidence, Rung])[] = [
    ["explicit", "high", (incident) => named(incident, input)],
    ["remediation", "high", (incident) => mended(incident, mends, input)],
    ["burn-alert", "medium", (incident) => burned(incident, alerts, input.sequences)],
    ["last-deployment", "low", (incident) => latest(incident, input.sequences)],
  ];
  return (incident) => {
    const byHand = byPerson(incident, input);
    if (byHand) return byHand;
    for (const [method, confidence, find] of ladder) {
      const cause = find(incident);
      if (cause) return { incidentId: incident.id, deploymentId: cause.id, method, confidence };
    }
    const none = { deploymentId: null, confidence: null };
    return { incidentId: incident.id, ...none, method: "unattributed" };
  };
}

type Rung = (incident: Incident) => Deployment | null;

/** The last word counts; a link by hand to nothing says that no deployment was the cause. */
function byPerson(incident: Incident, input: AttributionInput): Attribution | null {
  const link = incident.links.findLast(({ method }) => method === "hand");
  if (!link) return null;
  const target = follow(link, incident, input);
  const isEmpty = (link.deploymentId ?? link.sha ?? link.changeId) === undefined;
  if (!target && !isEmpty) return null;
  return {
    incidentId: incident.id,
    deploymentId: target?.id ?? null,
    method: "hand",
    confidence: "high",
  };
}

function named(incident: Incident, input: AttributionInput): Deployment | null {
  for (const link of incident.links) {
    const target = link.method === "explicit" ? follow(link, incident, input) : null;
    if (target && canBeCause(target, link, incident)) return target;
  }
  return null;
}

/** Texts name commits that mend, too: what was begun after the incident was not its cause. */
function canBeCause(target: Deployment, link: IncidentLink, { startedAt }: Incident): boolean {
  return link.deploymentId !== undefined || target.createdAt <= startedAt;
}

/** By id, by the sha or version that ran when the incident began, or by a change that landed. */
function follow(
  { deploymentId, sha, changeId }: IncidentLink,
  { service, startedAt }: Incident,
  { sequences, index, landed }: Links,
): Deployment | null {
  if (deploymentId !== undefined) return sequences.byRecord.get(deploymentId) ?? null;
  if (sha !== undefined) {
    const same = versionsNamed(sha, service, sequences);
    const running = lastBefore(same, startedAt, Number.POSITIVE_INFINITY) ?? same[0];
    if (running) return running;
  }
  const text = changeId ?? sha;
  const change = text === undefined ? null : findChange(index, text, service);
  return change ? (landed.get(service)?.get(change.id) ?? null) : null;
}

/**
 * The deployment that mended an incident, if the link is to a remediation and it finished after the
 * incident began; null otherwise. To return to an old version is to deploy it again.
 * @example mendOf({ method: "remediation", changeId: "pr:R_1#43" }, incident, links)?.id // "d8"
 */
export function mendOf(link: IncidentLink, incident: Incident, links: Links): Deployment | null {
  if (link.method !== "remediation") return null;
  const { service, startedAt } = incident;
  const same = link.sha === undefined ? [] : versionsNamed(link.sha, service, links.sequences);
  const mend = same[firstAfter(same, startedAt - 1)] ?? follow(link, incident, links);
  return mend && mend.finishedAt >= startedAt ? mend : null;
}

/** What mended it knows what it mends, if it is a rollback, a revert or a hotfix. */
function mended(
  incident: Incident,
  mends: ReadonlyMap<string, readonly Rework[]>,
  input: AttributionInput,
): Deployment | null {
  for (const link of incident.links) {
    const mend = mendOf(link, incident, input);
    for (const { causeId } of mend ? (mends.get(mend.id) ?? []) : []) {
      const cause = causeId === null ? undefined : input.sequences.byRecord.get(causeId);
      if (cause && cause.finishedAt <= (incident.resolvedAt ?? Number.POSITIVE_INFINITY)) {
        return cause;
      }
    }
  }
  return null;
}

function burned(
  { service, startedAt, resolvedAt }: Incident,
  alerts: ReadonlyMap<string, readonly BurnAlert[]>,
  sequences: Sequences,
): Deployment | null {
  const during = (alerts.get(service) ?? [])
    .filter((alert) => alert.startedAt < (resolvedAt ?? Number.POSITIVE_INFINITY))
    .filter((alert) => (alert.endedAt ?? Number.POSITIVE_INFINITY) > startedAt)
    .sort(nearestTo(startedAt));
  for (const alert of during) {
    const cause = causeOfBurn(alert, sequences);
    // A burn that began later, while the incident lasted, may follow another deployment.
    if (cause && cause.createdAt <= startedAt) return cause;
  }
  return null;
}

/** A slow burn may have begun days ago: what began nearest to the incident tells most, else the later. */
function nearestTo(startedAt: number): (a: BurnAlert, b: BurnAlert) => number {
  const distance = (alert: BurnAlert) => Math.abs(alert.startedAt - startedAt);
  return (a, b) => distance(a) - distance(b) || b.startedAt - a.startedAt;
}

/**
 * The deployment after which a burn alert began, if that was within 2 h; null otherwise.
 * @example causeOfBurn(alert, sequences)?.id // "d7"
 */
export function causeOfBurn(
  { service, startedAt }: Pick<BurnAlert, "service" | "startedAt">,
  { byService }: Sequences,
): Deployment | null {
  return lastBefore(byService.get(service) ?? [], startedAt, BURN_MS);
}

function latest({ service, startedAt }: Incident, { byService }: Sequences): Deployment | null {
  return lastBefore(byService.get(service) ?? [], startedAt, DAY);
}
