import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { burnAlerts, sloReadings, sloStatus, slos } from "#db/schema/index.ts";
import type { KnownSlo } from "#db/writes/match.ts";
import { writeNotices } from "#db/writes/notices.ts";
import { readToldAlerts, resolvedNotice } from "#db/writes/toldAlerts.ts";
import type { Notice } from "#lib/notices/notice.ts";
import { HEALTHY } from "#lib/policy/policy.ts";

/** What is told as the policy state of an SLO that is not in force. */
const RETIRED = "Retired";

/** Out of force: out of the fleet, its alerts ended, still readable. Whoever heard of these hears of their end. */
export async function retireSlos(db: Db, gone: readonly KnownSlo[], now: number): Promise<void> {
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  await db.update(slos).set({ retiredAt: now }).where(inArray(slos.id, ids));
  await db.update(sloStatus).set({ retired: true }).where(inArray(sloStatus.sloId, ids));
  const ended = await db
    .update(burnAlerts)
    .set({ endedAt: now })
    .where(and(inArray(burnAlerts.sloId, ids), isNull(burnAlerts.endedAt)))
    .returning({ id: burnAlerts.id });
  const asked = (await readReadings(db, gone)).filter(isAsked);
  for (const { known, status, detail } of asked) {
    const quiet = { status: { ...status, alert: null }, detail: withoutSince(detail) };
    await db.update(sloReadings).set(quiet).where(eq(sloReadings.sloId, known.id));
  }
  await writeNotices(db, [
    ...(await endsOf(db, gone, { ids: ended.map(({ id }) => id), now })),
    ...asked.flatMap((reading) => policyNotice(reading, RETIRED, now)),
  ]);
}

/** What is in force again, with what its policy asked for before: an evaluation that finds the same tells nothing. */
export async function tellRestored(db: Db, back: readonly KnownSlo[], now: number): Promise<void> {
  if (back.length === 0) return;
  const readings = await readReadings(db, back);
  await writeNotices(
    db,
    readings.flatMap((reading) => policyNotice(reading, reading.status.policyState, now)),
  );
}

interface Ended {
  /** Rows of `burn_alerts`. */
  readonly ids: readonly number[];
  readonly now: number;
}

async function endsOf(db: Db, gone: readonly KnownSlo[], { ids, now }: Ended): Promise<Notice[]> {
  if (ids.length === 0) return [];
  const byId = new Map(gone.map((known) => [known.id, known]));
  return (await readToldAlerts(db, ids)).flatMap((told) => {
    const known = byId.get(told.sloId);
    if (!known) return [];
    const { team, service, name: slo } = known;
    return [resolvedNotice(told, { at: now, team, service, slo })];
  });
}

type Reading = Pick<typeof sloReadings.$inferSelect, "status" | "detail"> & {
  readonly known: KnownSlo;
};

async function readReadings(db: Db, of: readonly KnownSlo[]): Promise<Reading[]> {
  const byId = new Map(of.map((known) => [known.id, known]));
  const rows = await db
    .select()
    .from(sloReadings)
    .where(inArray(sloReadings.sloId, [...byId.keys()]));
  return rows.flatMap(({ sloId, ...reading }) => {
    const known = byId.get(sloId);
    return known ? [{ known, ...reading }] : [];
  });
}

function isAsked({ status, detail }: Reading): boolean {
  return (
    status.alert !== null ||
    status.policyState !== HEALTHY ||
    detail.tiers.some(({ since }) => since !== null)
  );
}

/** Should it come back, what fires then is a new alert. */
function withoutSince(detail: Reading["detail"]): Reading["detail"] {
  return { ...detail, tiers: detail.tiers.map((tier) => ({ ...tier, since: null })) };
}

function policyNotice({ known, status, detail }: Reading, to: string, now: number): Notice[] {
  if (status.policyState === HEALTHY) return [];
  const isOver = to === RETIRED;
  const state = known.definition.policy.find(({ name }) => name === to);
  return [
    {
      ...{ kind: "policy-changed", key: `policy:${known.id}:${now}:${to}`, at: now },
      ...{ team: known.team, service: known.service, slo: known.name },
      ...{ from: isOver ? status.policyState : RETIRED, to },
      cause: isOver ? "retired" : "restored",
      action: (known.definition.enforced && state?.action) || null,
      blocks: !isOver && detail.blocks,
      consumed: status.consumed,
      liftsAt: isOver || detail.liftsAt === null ? null : Date.parse(detail.liftsAt),
    },
  ];
}
