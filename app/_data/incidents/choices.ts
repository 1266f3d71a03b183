import { deploymentName } from "#app/_data/incidents/cause.ts";
import { readClasses } from "#app/_data/incidents/classes.ts";
import { readEditable } from "#app/_data/incidents/services.ts";
import type { Choice, IncidentChoices } from "#components/incidents/view.ts";
import type { Db } from "#db/connection.ts";
import { type IncidentRecord, readIncidentsBegun } from "#db/reads/incidents.ts";
import type { Actor } from "#lib/access/actor.ts";
import type { Delivery } from "#lib/dora/delivery.ts";
import type { Deployment } from "#lib/dora/deployment.ts";
import { DAY } from "#lib/time/duration.ts";

/** Of its own service for a fortnight before, of others for a day. */
const OWN_MS = 14 * DAY;
const OTHERS_MS = DAY;
const NEAR_MS = 14 * DAY;
const MOST = 40;

interface Asked {
  readonly row: IncidentRecord;
  readonly delivery: Delivery;
  readonly actor: Actor;
}

/** What an incident can be tied to: near it in time, likeliest first. */
export async function readChoices(
  db: Db,
  { row, delivery, actor }: Asked,
): Promise<IncidentChoices> {
  const { startedAt: at } = row;
  const near = await readIncidentsBegun(db, { from: at - NEAR_MS, to: at + NEAR_MS });
  const services = await readEditable(db, actor);
  const others = near.filter(({ id, service }) => id !== row.id && services.includes(service));
  return {
    services: [...new Set([row.service, ...services])].sort(),
    classes: await readClasses(db),
    deployments: suspects(row, delivery, new Set(services)),
    incidents: others
      .sort((a, b) => Math.abs(a.startedAt - at) - Math.abs(b.startedAt - at))
      .map(incidentChoice),
  };
}

function suspects(
  { service, startedAt, resolvedAt }: IncidentRecord,
  delivery: Delivery,
  editable: ReadonlySet<string>,
): Choice[] {
  const until = resolvedAt ?? Number.POSITIVE_INFINITY;
  const near = delivery.verdicts
    .map(({ deployment }) => deployment)
    .filter((each) => editable.has(each.service))
    .filter(({ finishedAt }) => finishedAt <= until)
    .filter(
      (each) => each.finishedAt >= startedAt - (each.service === service ? OWN_MS : OTHERS_MS),
    )
    .sort((a, b) => b.finishedAt - a.finishedAt);
  const own = near.filter((each) => each.service === service);
  const others = near.filter((each) => each.service !== service);
  return [...own, ...others].slice(0, MOST).map(deploymentChoice);
}

function deploymentChoice(deployment: Deployment): Choice {
  const { id, service, finishedAt } = deployment;
  return { id, label: `${service} ${deploymentName(deployment)}`, at: finishedAt };
}

function incidentChoice({ id, title, service, startedAt }: IncidentRecord): Choice {
  return { id, label: `${title} (${service})`, at: startedAt };
}
