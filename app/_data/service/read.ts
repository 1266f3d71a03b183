import { happeningsIn } from "#app/_data/cost/happenings.ts";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import { readCovering } from "#app/_data/policy/covering.ts";
import { readFixesThrough, readGateNow } from "#app/_data/policy/gateNow.ts";
import { outsideView } from "#app/_data/slo/alerts.ts";
import type { Lane, ServiceView } from "#components/slo/timeline/view.ts";
import { type Db, store } from "#db/client.ts";
import { readSlo } from "#db/reads/catalog.ts";
import { readFleet } from "#db/reads/fleet.ts";
import {
  type Range,
  readBurnAlerts,
  readStateAt,
  readStates,
  readTransitions,
} from "#db/reads/history.ts";
import { readServiceOutsideAlerts } from "#db/reads/outsideAlerts.ts";
import { happeningMarks } from "#lib/charts/happenings.ts";
import { stretchesOf } from "#lib/charts/spans.ts";
import { fleetRow } from "#lib/fleet/row.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

const SPAN_MS = 30 * DAY;
/** A timeline with more lanes than this is no picture any more. */
const MOST = 50;
/** As many deployments and incidents are named one by one. */
const NAMED = 100;

export interface ServiceAsk {
  readonly service: string;
  readonly now: number;
}

/** A service's SLOs in force and what happened to them in 30 days; null when it has none. */
export async function readService({ service, now }: ServiceAsk): Promise<ServiceView | null> {
  const { db } = await store();
  return db.transaction((tx) => readIn(tx, { service, now }), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function readIn(db: Db, { service, now }: ServiceAsk): Promise<ServiceView | null> {
  const page = await readFleet(db, { service, limit: MOST });
  const { evaluatedAt } = page;
  if (evaluatedAt === null || page.rows.length === 0) return null;
  const range = { from: evaluatedAt - SPAN_MS, to: evaluatedAt };
  const rows = page.rows.map((row) => fleetRow(row, now));
  const lanes: Lane[] = [];
  for (const row of rows) lanes.push(await readLane(db, row, range));
  const outside = await readServiceOutsideAlerts(db, service, range);
  const happenings = happeningsIn(await readDelivery(db), { service, ...range });
  const gate = await readGateNow(db, service, now);
  return {
    ...{ service, readAt: now, evaluatedAt, rows, from: range.from, lanes },
    ...{ gate, fixes: await readFixesThrough(db, gate, now) },
    exceptions: await readCovering(db, { service, slo: null, at: now }),
    marks: happeningMarks(happenings, { ...range, stepMs: HOUR }),
    happenings: happenings.toSorted((a, b) => b.at - a.at).slice(0, NAMED),
    outside: outside.map(outsideView),
  };
}

async function readLane(
  db: Db,
  { service, slo }: { readonly service: string; readonly slo: string },
  range: Range,
): Promise<Lane> {
  const record = await readSlo(db, service, slo);
  if (record?.kind !== "slo") return { slo, states: [], alerts: [], transitions: [] };
  const before = await readStateAt(db, record.id, range.from);
  const changes = await readStates(db, record.id, range);
  const alerts = await readBurnAlerts(db, record.id, range);
  const transitions = await readTransitions(db, record.id, range);
  return {
    slo,
    states: stretchesOf(before?.state ?? null, changes, range),
    alerts: alerts.map(({ tier, severity, startedAt, endedAt }) => ({
      tier,
      severity,
      startedAt,
      endedAt,
    })),
    transitions: transitions.map((t) => ({ at: t.at, from: t.fromState, to: t.toState })),
  };
}
