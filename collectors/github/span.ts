import type { DeliveryBatch } from "#collectors/delivery.ts";
import type { Bringers } from "#collectors/github/bringers.ts";
import { type Place, pullChange } from "#collectors/github/change.ts";
import type { Asking, Commits } from "#collectors/github/commits.ts";
import type { Gatherer } from "#collectors/github/gather.ts";
import { incidentOf } from "#collectors/github/incident.ts";
import type { Complain } from "#collectors/github/lists.ts";
import type { OpenDeployments } from "#collectors/github/open.ts";
import { touches } from "#collectors/github/paths.ts";
import { deploymentRecord } from "#collectors/github/record.ts";
import type { DeploymentNode, IssueNode, RepositoryNode } from "#collectors/github/schema.ts";
import { arrive, type Sequences, serviceOf } from "#collectors/github/sequence.ts";
import { shipArrivals } from "#collectors/github/shipped.ts";
import type { KnownIssues } from "#collectors/github/withdrawn.ts";
import type { GithubWork, PostedRecord, SettledRule } from "#collectors/github/work.ts";
import type { ShippedCommits } from "#lib/dora/facts.ts";

/** How far one collection goes; epoch ms. */
export interface Span {
  readonly floor: number;
  /** Arrivals before this are left alone; absent = the floor, or none when it is the last. */
  readonly from?: number;
  readonly isLast: boolean;
}

/** The lists and commits that are read together from new to old. */
export interface Reading {
  readonly lists: Gatherer;
  readonly commits: Commits;
}

/** What is known of a repository while it is visited. */
export interface Standing {
  readonly asking: Asking;
  readonly place: Place;
  readonly repository: RepositoryNode;
  readonly services: readonly SettledRule[];
  readonly posted: GithubWork["posted"];
  readonly now: number;
  readonly bringers: Bringers;
  readonly sequences: Sequences;
  readonly open: OpenDeployments;
  readonly issues: KnownIssues;
  readonly complain: Complain;
}

type Facts = Pick<DeliveryBatch, "deployments" | "changes" | "shipped" | "incidents" | "withdrawn">;

/** Reads down to the span's floor and makes facts of what came. */
export async function collectSpan(
  standing: Standing,
  { lists, commits }: Reading,
  span: Span,
): Promise<Facts> {
  const { asking, place, bringers, sequences, services, now, open } = standing;
  const { records, deployments, pulls, issues } = await lists.gather(span.floor);
  const late = await open.follow(deployments, { ...asking, now });
  const all = [...records, ...lateRecords(standing, late)];
  const handed = handedIn(standing);
  arrive(sequences, services, [...all, ...handed.map(({ record }) => record)]);
  bringers.add(pulls);
  const isLast = span.isLast || lists.isDone();
  const from = span.from ?? (isLast ? Number.NEGATIVE_INFINITY : span.floor);
  const options = { floor: span.floor, from, isWhole: lists.isWhole(), isLast };
  const shipped = await shipArrivals(commits, sequences, options);
  const explained = await bringers.explain(asking, place, commitsOf(commits, shipped));
  const changes = unique([...pulls.flatMap((pull) => pullChange(place, pull) ?? []), ...explained]);
  const told = new Set(handed.flatMap((each) => (each.hasCommits ? [each.record.id] : [])));
  return {
    deployments: unique(all),
    changes,
    shipped: ownParts(standing, shipped).filter(({ deploymentId }) => !told.has(deploymentId)),
    incidents: unique(incidentsOf(standing, issues)),
    withdrawn: [],
  };
}

/** What is handed in for a service that takes its deployments from there stands in its sequence, too. */
function handedIn({ services, posted }: Standing): readonly PostedRecord[] {
  const own = new Set(services.flatMap((r) => (r.source === "api" ? [r.service] : [])));
  return posted.filter(({ record }) => own.has(record.service) && isWhole(record.sha));
}

/** GitHub finds a commit by its whole sha alone. */
function isWhole(sha: string | null): boolean {
  return sha !== null && /^[0-9a-f]{40}$/.test(sha);
}

/** Of a repository that services share, a deployment ships the changes of its service's own files. */
function ownParts(
  { services, sequences, bringers }: Standing,
  shipped: readonly ShippedCommits[],
): ShippedCommits[] {
  const paths = new Map(services.map((rule) => [rule.service, rule.paths]));
  const owners = new Map(
    [...sequences].flatMap(([key, arrivals]) => arrivals.map(({ id }) => [id, serviceOf(key)])),
  );
  return shipped.map((each) => {
    const own = paths.get(owners.get(each.deploymentId) ?? "") ?? null;
    if (own === null) return each;
    return { ...each, shas: each.shas.filter((sha) => touches(own, bringers.pullOf(sha))) };
  });
}

function lateRecords({ services, repository }: Standing, late: readonly DeploymentNode[]) {
  const owners = services
    .filter((rule) => rule.source === "deployment")
    .map((rule) => ({ rule, url: repository.url }));
  return owners.flatMap((owner) => late.flatMap((node) => deploymentRecord(owner, node) ?? []));
}

function incidentsOf(standing: Standing, issues: readonly IssueNode[]) {
  const { services, place, complain, issues: known } = standing;
  const names = services.map(({ service }) => service);
  return issues.flatMap((issue) => {
    const incident = incidentOf(place, names, issue);
    if (incident) {
      known.note(issue);
      return incident;
    }
    complain(`incident #${issue.number} names no service; give it a label service:<name>`);
    return [];
  });
}

function commitsOf({ graph }: Commits, shipped: readonly ShippedCommits[]) {
  const shas = new Set(shipped.flatMap((each) => each.shas));
  return [...shas].flatMap((sha) => graph.get(sha) ?? []);
}

/** A fact that is told twice in one batch is told as it was told last. */
function unique<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
