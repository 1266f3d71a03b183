import { type Arrivals, arrivalsOf } from "#lib/dora/arrivals.ts";
import {
  type Attribution,
  attributor,
  causeOfBurn,
  type Links,
  mendOf,
} from "#lib/dora/attribution.ts";
import { type ChangeIndex, indexChanges } from "#lib/dora/changes.ts";
import { type Deployment, deploymentsOf } from "#lib/dora/deployment.ts";
import {
  DEFAULT_PRODUCTION,
  type EnvironmentSeen,
  environmentsSeen,
  type ProductionRule,
} from "#lib/dora/environment.ts";
import type { Exclusion } from "#lib/dora/exclusion.ts";
import type {
  BurnAlert,
  Change,
  DeploymentMark,
  DeploymentRecord,
  DeploymentSource,
  Incident,
  ShippedCommits,
} from "#lib/dora/facts.ts";
import { hotfixesIn, type LandedAt, landedAt, revertsIn } from "#lib/dora/mending.ts";
import type { Rework } from "#lib/dora/rework.ts";
import { rollbacksIn } from "#lib/dora/rollback.ts";
import { type Sequences, sequencesOf } from "#lib/dora/sequence.ts";
import { cargoOf } from "#lib/dora/shipped.ts";
import { judge, type Verdict } from "#lib/dora/verdict.ts";

/** All facts of one or more services, in any order; as far back as they are kept. */
export interface DeliveryFacts {
  readonly records: readonly DeploymentRecord[];
  readonly changes: readonly Change[];
  readonly shipped: readonly ShippedCommits[];
  readonly incidents: readonly Incident[];
  readonly burnAlerts: readonly BurnAlert[];
  /** In the order in which they were made: the last word counts. */
  readonly marks: readonly DeploymentMark[];
}

export interface DeliveryRules {
  readonly production: ProductionRule;
  /** Leaves changes of bots out of lead times, and lists them. */
  readonly excludeBots: boolean;
  /** Where a service's deployments are told of: those that another source tells, too, count once. */
  readonly sources?: ReadonlyMap<string, DeploymentSource>;
}

export const DEFAULT_RULES: DeliveryRules = { production: DEFAULT_PRODUCTION, excludeBots: false };

/** What the facts amount to; every report of any range is a selection of it. */
export interface Delivery extends Arrivals {
  /** One per successful production deployment, ascending by the time at which it finished. */
  readonly verdicts: readonly Verdict[];
  /** Replaced version, by deployment id. */
  readonly previous: ReadonlyMap<string, Deployment>;
  /** Ascending by start. */
  readonly incidents: readonly Incident[];
  /** By incident id. */
  readonly attributions: ReadonlyMap<string, Attribution>;
  readonly excluded: readonly Exclusion[];
  readonly environments: readonly EnvironmentSeen[];
}

/**
 * Joins deployments, changes, incidents and burn alerts. The order of the facts does not matter, but
 * for the marks.
 * @example deliveryOf(facts, DEFAULT_RULES).verdicts.filter(({ failed }) => failed)
 */
export function deliveryOf(facts: DeliveryFacts, rules: DeliveryRules): Delivery {
  const { deployments, excluded } = deploymentsOf(facts.records, rules);
  const sequences = sequencesOf(deployments);
  const { previous } = sequences;
  const cargo = cargoOf(deployments, facts.shipped, previous);
  const index = indexChanges(facts.changes);
  const { excludeBots } = rules;
  const landed = arrivalsOf({ deployments, previous, cargo, index, excludeBots });
  const incidents = [...facts.incidents].sort((a, b) => a.startedAt - b.startedAt || byId(a, b));
  const judged = judgeAll({ deployments, sequences, index, facts, incidents, landed });
  return {
    ...landed,
    ...judged,
    previous,
    incidents,
    excluded: [...excluded, ...landed.excluded],
    environments: environmentsSeen(facts.records, rules.production),
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

interface Joined {
  readonly deployments: readonly Deployment[];
  readonly sequences: Sequences;
  readonly index: ChangeIndex;
  readonly facts: DeliveryFacts;
  readonly incidents: readonly Incident[];
  readonly landed: Arrivals;
}

function judgeAll({ deployments, sequences, index, facts, incidents, landed }: Joined) {
  const places = landedAt(landed.landings);
  const inferred = inferredReworks(sequences, landed, { index, places });
  const { burnAlerts } = facts;
  const links = { sequences, index, landed: places };
  const attribute = attributor({ ...links, reworks: inferred, burnAlerts });
  const attributions = incidents.map(attribute);
  const fixes = incidents.flatMap((incident, i) => fixesOf(incident, attributions[i], links));
  const judgeOne = judge({
    attributions,
    incidents: new Map(incidents.map((incident) => [incident.id, incident])),
    reworks: [...inferred, ...fixes],
    burns: burnsOf(burnAlerts, sequences),
    marks: marksOf(facts.marks, sequences),
    deployments: sequences.byRecord,
  });
  return {
    verdicts: deployments.map(judgeOne),
    attributions: new Map(attributions.map((a) => [a.incidentId, a])),
  };
}

function inferredReworks(
  sequences: Sequences,
  { landings }: Arrivals,
  { index, places }: { readonly index: ChangeIndex; readonly places: LandedAt },
): Rework[] {
  const sure = [...sequences.all.flatMap(rollbacksIn), ...revertsIn(landings, index, places)];
  const ids = new Set(sure.map(({ deploymentId }) => deploymentId));
  return [...sure, ...hotfixesIn(landings, sequences, (id) => ids.has(id))];
}

/** The deployments that mended an incident are rework, rollback or not. */
function fixesOf(incident: Incident, attribution: Attribution | undefined, links: Links): Rework[] {
  return incident.links.flatMap((link) => {
    const fix = mendOf(link, incident, links);
    const causeId = attribution?.deploymentId ?? null;
    if (!fix || fix.id === causeId) return [];
    const changeId = link.changeId ?? null;
    return [{ kind: "incident", deploymentId: fix.id, causeId, changeId, confidence: "high" }];
  });
}

function burnsOf(burnAlerts: readonly BurnAlert[], sequences: Sequences) {
  const tied = burnAlerts.flatMap((alert) => {
    const cause = causeOfBurn(alert, sequences);
    return cause ? [{ alert, id: cause.id }] : [];
  });
  const burns = new Map<string, BurnAlert[]>();
  for (const { alert, id } of tied.sort((a, b) => a.alert.startedAt - b.alert.startedAt)) {
    burns.set(id, [...(burns.get(id) ?? []), alert]);
  }
  return burns;
}

function marksOf(marks: readonly DeploymentMark[], { byRecord }: Sequences) {
  return Map.groupBy(marks, ({ deploymentId }) => byRecord.get(deploymentId)?.id ?? deploymentId);
}
