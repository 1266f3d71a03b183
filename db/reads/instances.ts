import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import {
  slis,
  sloGroupings,
  sloInstances,
  sloReadings,
  slos,
  sloVersions,
} from "#db/schema/index.ts";
import type { InstanceLabels } from "#lib/instances/name.ts";
import type { SloStatus } from "#lib/slo/status.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** An SLO in force that is grouped by labels, and the label sets that are known of it. */
export interface GroupedSlo {
  readonly id: number;
  readonly service: string;
  readonly name: string;
  readonly source: string;
  readonly definition: SloDefinition;
  readonly known: readonly InstanceLabels[];
  /** Epoch ms; null = never. */
  readonly askedAt: number | null;
}

const CURRENT = and(eq(sloVersions.sloId, slos.id), eq(sloVersions.version, slos.version));

/** Every grouped SLO in force, by id. */
export async function readGroupedSlos(db: Db): Promise<GroupedSlo[]> {
  const rows = await db
    .select({
      id: slos.id,
      service: slos.service,
      name: slos.name,
      source: slis.source,
      definition: sloVersions.definition,
      askedAt: sloGroupings.askedAt,
    })
    .from(slos)
    .innerJoin(sloVersions, CURRENT)
    .innerJoin(slis, eq(slis.id, sloVersions.sliId))
    .leftJoin(sloGroupings, eq(sloGroupings.sloId, slos.id))
    .where(and(isNull(slos.retiredAt), sql`${sloVersions.definition} ? 'grouping'`))
    .orderBy(asc(slos.id));
  const known = await readKnown(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, known: known.get(row.id) ?? [] }));
}

async function readKnown(
  db: Db,
  sloIds: readonly number[],
): Promise<Map<number, InstanceLabels[]>> {
  if (sloIds.length === 0) return new Map();
  const rows = await db
    .select({ sloId: sloInstances.sloId, labels: sloInstances.labels })
    .from(sloInstances)
    .where(inArray(sloInstances.sloId, [...sloIds]))
    .orderBy(asc(sloInstances.key));
  const bySlo = Map.groupBy(rows, ({ sloId }) => sloId);
  return new Map([...bySlo].map(([id, found]) => [id, found.map(({ labels }) => labels)]));
}

/** The known label sets of every SLO that was ever grouped, by its present name: `service/slo`. */
export async function readLabelSets(db: Db): Promise<Map<string, InstanceLabels[]>> {
  const rows = await db
    .select({ service: slos.service, name: slos.name, labels: sloInstances.labels })
    .from(sloInstances)
    .innerJoin(slos, eq(slos.id, sloInstances.sloId))
    .orderBy(asc(sloInstances.sloId), asc(sloInstances.key));
  const byName = Map.groupBy(rows, ({ service, name }) => `${service}/${name}`);
  return new Map([...byName].map(([name, found]) => [name, found.map(({ labels }) => labels)]));
}

/** What is known of the label sets of one SLO. */
export interface GroupingReading {
  readonly askedAt: number;
  readonly found: number;
  readonly problem: string | null;
}

/** Null while the source was never asked. */
export async function readGrouping(db: Db, sloId: number): Promise<GroupingReading | null> {
  const [row] = await db.select().from(sloGroupings).where(eq(sloGroupings.sloId, sloId));
  return row ?? null;
}

/** An instance in force, with its newest evaluation; null before the first. */
export interface InstanceReading {
  readonly name: string;
  readonly labels: InstanceLabels;
  readonly status: SloStatus | null;
}

/** The instances in force of a grouped SLO, by name. */
export async function readInstances(
  db: Db,
  of: { readonly service: string; readonly name: string },
): Promise<InstanceReading[]> {
  const rows = await db
    .select({
      name: slos.name,
      definition: sloVersions.definition,
      status: sloReadings.status,
    })
    .from(slos)
    .innerJoin(sloVersions, CURRENT)
    .leftJoin(sloReadings, eq(sloReadings.sloId, slos.id))
    .where(
      and(
        eq(slos.service, of.service),
        isNull(slos.retiredAt),
        sql`${sloVersions.definition}->'instance'->>'of' = ${of.name}`,
      ),
    )
    .orderBy(asc(slos.name));
  return rows.map(({ name, definition, status }) => ({
    name,
    labels: definition.instance?.labels ?? {},
    status,
  }));
}
