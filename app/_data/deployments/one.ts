import { titleOf } from "#app/_data/cost/names.ts";
import { changesMayBeMade } from "#app/_data/deployments/may.ts";
import { shippedBy } from "#app/_data/deployments/shipped.ts";
import { type KnownDelivery, readDelivery } from "#app/_data/dora/delivery.ts";
import { readTeamsOf } from "#app/_data/dora/teams.ts";
import type { DeploymentView, Neighbour, TiedIncident } from "#components/deployments/view.ts";
import type { Db } from "#db/connection.ts";
import { type MarkRow, readMarksOf } from "#db/reads/deploymentMarks.ts";
import type { Actor } from "#lib/access/actor.ts";
import type { Deployment } from "#lib/dora/deployment.ts";
import type { DeploymentRecord } from "#lib/dora/facts.ts";
import type { Verdict } from "#lib/dora/verdict.ts";

/** What one deployment shipped and what came of it; null when none has this id. */
export async function readDeployment(
  db: Db,
  id: string,
  actor: Actor,
): Promise<DeploymentView | null> {
  const known = await readDelivery(db);
  const verdict = findVerdict(known, id);
  const record = known.facts.records.find((one) => one.id === (verdict?.deployment.id ?? id));
  if (!record) return null;
  const teams = await readTeamsOf(db, record.service);
  const marks = await readMarksOf(db, verdict?.deployment.recordIds ?? [id]);
  const facts = verdict ? judged(known, verdict) : unjudged(known, record);
  return {
    ...headOf(record),
    ...facts,
    teams,
    marks: saidOnce(marks),
    mayEdit: verdict !== undefined && changesMayBeMade(actor, teams),
  };
}

/** What was taken back of several records at once was one word. */
function saidOnce(marks: readonly MarkRow[]): DeploymentView["marks"] {
  const said = marks.map(({ mark, reason, byName, at }) => ({ mark, reason, byName, at }));
  return [...new Map(said.map((one) => [`${one.at} ${one.mark} ${one.byName}`, one])).values()];
}

/** By its own id, or by that of a job or repetition that was made one with it. */
export function findVerdict({ delivery }: KnownDelivery, id: string): Verdict | undefined {
  return delivery.verdicts.find(({ deployment }) => deployment.recordIds.includes(id));
}

function headOf(record: DeploymentRecord) {
  const { id, service, environment, sha, ref, createdAt, source, creator, url, statuses } = record;
  const title = titleOf(record);
  return { id, service, environment, title, sha, ref, createdAt, source, creator, url, statuses };
}

type Judged = Omit<DeploymentView, keyof ReturnType<typeof headOf> | "teams" | "marks" | "mayEdit">;

function judged(known: KnownDelivery, verdict: Verdict): Judged {
  const { deployment, failed, failures, isRework, reworks, burnAlerts, restoration } = verdict;
  const previous = known.delivery.previous.get(deployment.id);
  return {
    ...{ finishedAt: deployment.finishedAt, records: deployment.recordIds.length },
    ...{ uncounted: null, outcome: failed ? ("failed" as const) : ("fine" as const) },
    previous: previous ? neighbour(previous) : null,
    failures: failures.map(({ method, by, confidence }) => ({
      ...{ method, confidence, incidentId: method === "incident" ? by : null },
      mending: method === "incident" ? null : named(known, by),
    })),
    ...{ isRework, burnAlerts, restoration },
    reworks: reworks.map(({ kind, confidence, causeId }) => ({
      ...{ kind, confidence, cause: named(known, causeId) },
    })),
    incidents: tiedTo(known, verdict),
    ...shippedBy(known, deployment),
  };
}

function unjudged({ delivery }: KnownDelivery, { id, statuses }: DeploymentRecord): Judged {
  const left = delivery.excluded.find((exclusion) => exclusion.id === id);
  const succeeded = statuses.find(({ state }) => state === "success");
  return {
    ...{ finishedAt: succeeded?.at ?? null, records: 1, previous: null },
    uncounted: left?.reason ?? "not-production",
    outcome: outcomeOf(left?.reason, succeeded !== undefined),
    ...{ failures: [], isRework: false, reworks: [], burnAlerts: [], restoration: null },
    ...{ incidents: [], shipped: [], gaps: [] },
  };
}

function outcomeOf(reason: string | undefined, succeeded: boolean): Judged["outcome"] {
  if (succeeded) return "fine";
  return reason === "never-succeeded" ? "never-reached" : "running";
}

function named(known: KnownDelivery, id: string | null): Neighbour | null {
  const found = id === null ? undefined : findVerdict(known, id);
  return found ? neighbour(found.deployment) : null;
}

function neighbour(deployment: Deployment): Neighbour {
  return { id: deployment.id, title: titleOf(deployment), at: deployment.finishedAt };
}

function tiedTo({ delivery }: KnownDelivery, { incidentIds }: Verdict): TiedIncident[] {
  const own = new Set(incidentIds);
  return delivery.incidents
    .filter(({ id }) => own.has(id))
    .map(({ id, title, severity, startedAt, resolvedAt }) => {
      const attribution = delivery.attributions.get(id);
      return {
        ...{ id, title, severity, startedAt, resolvedAt },
        method: attribution?.method ?? "unattributed",
        confidence: attribution?.confidence ?? null,
      };
    });
}
