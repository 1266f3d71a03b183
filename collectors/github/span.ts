import type { DeliveryBatch } from "#collectors/delivery.ts";
import type { Bringers } from "#collectors/github/bringers.ts";
import { type Place, pullChange } from "#collectors/github/change.ts";
import type { Asking, Commits } from "#collectors/github/commits.ts";
import type { Gatherer } from "#collectors/github/gather.ts";
import { incidentOf } from "#collectors/github/incident.ts";
import type { Complain } from "#collectors/github/lists.ts";
import type { OpenDeployments } from "#collectors/github/open.ts";
import { deploymentRecord } from "#collectors/github/record.ts";
import type { DeploymentNode, IssueNode, RepositoryNode } from "#collectors/github/schema.ts";
import { arrive, type Sequences } from "#collectors/github/sequence.ts";
import { shipArrivals } from "#collectors/github/shipped.ts";
import { sourceOf } from "#collectors/github/sources.ts";
import type { ServiceRule } from "#collectors/github/work.ts";
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
  readonly services: readonly ServiceRule[];
  readonly now: number;
  readonly bringers: Bringers;
  readonly sequences: Sequences;
  readonly open: OpenDeployments;
  readonly complain: Complain;
}

type Facts = Pick<DeliveryBatch, "deployments" | "changes" | "shipped" | "incidents">;

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
  arrive(sequences, services, all);
  bringers.add(pulls);
  const isLast = span.isLast || lists.isDone();
  const from = span.from ?? (isLast ? Number.NEGATIVE_INFINITY : span.floor);
  const options = { floor: span.floor, from, isWhole: lists.isWhole(), isLast };
  const shipped = await shipArrivals(commits, sequences, options);
  const explained = await bringers.explain(asking, place, commitsOf(commits, shipped));
  const changes = pulls.flatMap((pull) => pullChange(place, pull) ?? []);
  return {
    deployments: unique(all),
    changes: unique([...changes, ...explained]),
    shipped,
    incidents: unique(incidentsOf(standing, issues)),
  };
}

function lateRecords({ services, repository }: Standing, late: readonly DeploymentNode[]) {
  const owners = services
    .filter((rule) => sourceOf(rule, repository) === "deployment")
    .map((rule) => ({ rule, url: repository.url }));
  return owners.flatMap((owner) => late.flatMap((node) => deploymentRecord(owner, node) ?? []));
}

function incidentsOf({ services, place, complain }: Standing, issues: readonly IssueNode[]) {
  const names = services.map(({ service }) => service);
  return issues.flatMap((issue) => {
    const incident = incidentOf(place, names, issue);
    if (incident) return incident;
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
