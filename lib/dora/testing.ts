/** Deliveries for tests: small, explicit, made of facts. Times are given in hours after START. */

import {
  DEFAULT_RULES,
  type Delivery,
  type DeliveryFacts,
  deliveryOf,
} from "#lib/dora/delivery.ts";
import type { Change, DeploymentRecord, Incident, ShippedCommits } from "#lib/dora/facts.ts";
import type { Knowledge, ServiceKnowledge } from "#lib/dora/knowledge.ts";
import type { ReportScope } from "#lib/dora/scope.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

/** A Thursday, midnight UTC. */
export const START = Date.UTC(2026, 0, 1);

/**
 * Epoch ms of so many hours after START.
 * @example at(24) - at(0) // 86_400_000
 */
export function at(hours: number): number {
  return START + hours * HOUR;
}

/**
 * A record that succeeded `hours` after START, in production, but for what is given.
 * @example deployed("d1", 10, { sha: "a" })
 */
export function deployed(
  id: string,
  hours: number,
  parts: Partial<DeploymentRecord> = {},
): DeploymentRecord {
  return {
    id,
    service: "shop",
    environment: "production",
    sha: `sha-of-${id}`,
    ref: null,
    createdAt: at(hours),
    statuses: [{ state: "success", at: at(hours) }],
    source: "deployment",
    url: null,
    creator: null,
    ...parts,
  };
}

/**
 * A pull request of one commit, authored and opened at `from` and merged at `to` (hours after START)
 * as the commit `sha`, but for what is given.
 * @example pull(41, { from: 1, to: 9, sha: "m41" })
 */
export function pull(
  number: number,
  { from, to, sha = `merge-of-${number}` }: { from: number; to: number; sha?: string },
  parts: Partial<Change> = {},
): Change {
  return {
    id: `pr:R#${number}`,
    repository: "R",
    number,
    title: `Change ${number}`,
    url: null,
    author: "ada",
    bot: false,
    labels: [],
    commits: [{ sha: `branch-of-${number}`, authoredAt: at(from) }],
    mergeShas: [sha],
    openedAt: at(from),
    readyAt: at(from),
    firstReviewAt: null,
    mergedAt: at(to),
    reverts: null,
    ...parts,
  };
}

/**
 * What a deployment of `deployed` brought; `before` is the id of the one before.
 * @example brought("d2", "d1", ["m41"])
 */
export function brought(
  id: string,
  before: string | null,
  shas: readonly string[],
  parts: Partial<ShippedCommits> = {},
): ShippedCommits {
  const previousSha = before === null ? null : `sha-of-${before}`;
  return { deploymentId: id, previousSha, shas, confidence: "high", complete: true, ...parts };
}

/**
 * An incident from `from` to `to` (hours after START; null = open), but for what is given.
 * @example incident("i1", { from: 10, to: 12 })
 */
export function incident(
  id: string,
  { from, to }: { from: number; to: number | null },
  parts: Partial<Incident> = {},
): Incident {
  return {
    id,
    service: "shop",
    title: `Incident ${id}`,
    url: null,
    severity: "SEV2",
    startedAt: at(from),
    detectedAt: at(from),
    mitigatedAt: null,
    resolvedAt: to === null ? null : at(to),
    links: [],
    ...parts,
  };
}

/**
 * A delivery of these facts, without any others.
 * @example delivery({ records: [deployed("d1", 1)] }).verdicts.length // 1
 */
export function delivery(facts: Partial<DeliveryFacts>, rules = DEFAULT_RULES): Delivery {
  return deliveryOf(factsOf(facts), rules);
}

/**
 * Facts with none of the kinds that are not given.
 * @example factsOf({ records: [] }).changes // []
 */
export function factsOf(facts: Partial<DeliveryFacts>): DeliveryFacts {
  const none: DeliveryFacts = {
    records: [],
    changes: [],
    shipped: [],
    incidents: [],
    burnAlerts: [],
    marks: [],
  };
  return { ...none, ...facts };
}

const ALWAYS = { from: 0, through: Number.POSITIVE_INFINITY };
const ALL: ServiceKnowledge = { deployments: ALWAYS, changes: ALWAYS, incidents: ALWAYS };

/**
 * All services are known from ever on, but for what is given, of all of them or of some by name.
 * @example knowing({ incidents: "no-source" })
 */
export function knowing(
  parts: Partial<ServiceKnowledge>,
  services: Readonly<Record<string, Partial<ServiceKnowledge>>> = {},
): Knowledge {
  const others = { ...ALL, ...parts };
  const each = Object.entries(services).map(
    ([service, own]) => [service, { ...others, ...own }] as const,
  );
  return { byService: new Map(each), others };
}

/** Everything has been read, and incidents have a source. */
export const ALL_KNOWN: Knowledge = knowing({});

/**
 * The `days` after START, in UTC, seen when they are over, but for what is given.
 * @example scope(30)
 */
export function scope(days: number, parts: Partial<ReportScope> = {}): ReportScope {
  const to = START + days * DAY;
  return { from: START, to, zone: "UTC", now: to, knowledge: ALL_KNOWN, ...parts };
}
