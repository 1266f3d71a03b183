import { readDelivery } from "#app/_data/dora/delivery.ts";
import { readTeamsOf } from "#app/_data/dora/teams.ts";
import { causes } from "#app/_data/incidents/cause.ts";
import { readChoices } from "#app/_data/incidents/choices.ts";
import { readLeftOut } from "#app/_data/incidents/leftOut.ts";
import { readEditable } from "#app/_data/incidents/services.ts";
import { storyOf, storySpan } from "#app/_data/incidents/story.ts";
import type { CauseView, IncidentView, MergedView, ToldField } from "#components/incidents/view.ts";
import type { Db } from "#db/connection.ts";
import {
  type IncidentRecord,
  readIncident,
  readIncidentLink,
  readIncidentNotes,
  readMerged,
  readMergeTarget,
} from "#db/reads/incidents.ts";
import { readServiceOutsideAlerts } from "#db/reads/outsideAlerts.ts";
import { readRunbooks, readServiceAlerts, readServiceTransitions } from "#db/reads/serviceStory.ts";
import { incidents } from "#db/schema/index.ts";
import { TOLD_FIELDS } from "#db/writes/incidentFields.ts";
import type { Actor } from "#lib/access/actor.ts";
import type { Delivery } from "#lib/dora/delivery.ts";

interface Reader {
  readonly id: string;
  readonly actor: Actor;
  /** Epoch ms. */
  readonly now: number;
}

export type FoundIncident =
  | { readonly kind: "here"; readonly view: IncidentView }
  /** It turned out to be another. */
  | { readonly kind: "merged"; readonly into: string };

/** One incident with all that is known of it; null when there never was one. */
export async function readIncidentView(
  db: Db,
  { id, actor, now }: Reader,
): Promise<FoundIncident | null> {
  const row = await readIncident(db, id);
  if (!row) return null;
  if (row.mergedInto !== null) return { kind: "merged", into: await readMergeTarget(db, id) };
  const { delivery } = await readDelivery(db);
  const cause = causes(delivery)(id);
  const isEditable = (await readEditable(db, actor)).includes(row.service);
  return {
    kind: "here",
    view: {
      ...told(row),
      teams: await readTeamsOf(db, row.service),
      cause,
      causeBy: await readCauseBy(db, id),
      story: await readStory(db, { row, delivery, cause, now }),
      leftOut: await readLeftOut(db, { ...row, now }),
      merged: (await readMerged(db, id)).map(mergedView),
      runbooks: await readRunbooks(db, row.service),
      choices: isEditable ? await readChoices(db, { row, delivery, actor }) : null,
      readAt: now,
    },
  };
}

function told(row: IncidentRecord) {
  const { id, title, service, severity, origin, url, runbookUrl, postmortemUrl, review } = row;
  const { startedAt, detectedAt, mitigatedAt, resolvedAt, updatedAt } = row;
  const { incidentClass, withdrawnAt } = row;
  const byHand: ToldField[] = TOLD_FIELDS.filter((key) => row.byHand.includes(incidents[key].name));
  return {
    ...{ id, title, service, severity, origin, url, runbookUrl, postmortemUrl, review },
    ...{ startedAt, detectedAt, mitigatedAt, resolvedAt, updatedAt, incidentClass, withdrawnAt },
    // What was opened by hand has no other source.
    byHand: origin === "hand" ? [] : byHand,
  };
}

async function readCauseBy(db: Db, id: string): Promise<IncidentView["causeBy"]> {
  const link = await readIncidentLink(db, id);
  return link ? { name: link.byName, at: link.at } : null;
}

interface Telling {
  readonly row: IncidentRecord;
  readonly delivery: Delivery;
  readonly cause: CauseView;
  readonly now: number;
}

async function readStory(db: Db, { row, delivery, cause, now }: Telling) {
  const { service } = row;
  const span = storySpan(row, now);
  return storyOf({
    times: row,
    span,
    notes: await readIncidentNotes(db, row.id),
    alerts: await readServiceAlerts(db, service, span),
    outside: await readServiceOutsideAlerts(db, service, span),
    transitions: await readServiceTransitions(db, service, span),
    deployments: delivery.verdicts.flatMap(({ deployment }) =>
      deployment.service === service ? [deployment] : [],
    ),
    cause: cause.deployment,
  });
}

function mergedView({ id, title, service, startedAt, updatedAt }: IncidentRecord): MergedView {
  return { id, title, service, startedAt, updatedAt };
}
