import { and, asc, eq, isNull } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { sloAliases, slos } from "#db/schema/index.ts";

/** Where a name leads: to itself, to where it is now, or nowhere. */
export type Named =
  | { readonly kind: "here" }
  | { readonly kind: "moved"; readonly service: string; readonly name: string };

/** Whether any SLO in force is of this service. */
export async function serviceExists(db: Db, service: string): Promise<boolean> {
  if (service.includes("\0")) return false; // PostgreSQL refuses such a text.
  const inForce = and(eq(slos.service, service), isNull(slos.retiredAt));
  return (await db.select({ id: slos.id }).from(slos).where(inForce).limit(1)).length > 0;
}

/** Whether any SLO in force is of this team. */
export async function teamExists(db: Db, team: string): Promise<boolean> {
  if (team.includes("\0")) return false;
  const inForce = and(eq(slos.team, team), isNull(slos.retiredAt));
  return (await db.select({ id: slos.id }).from(slos).where(inForce).limit(1)).length > 0;
}

/** An SLO's name, in force or retired; by a former name, where it is now; null when there never was one. */
export async function findSlo(db: Db, service: string, name: string): Promise<Named | null> {
  if (`${service}${name}`.includes("\0")) return null;
  const own = and(eq(slos.service, service), eq(slos.name, name));
  if ((await db.select({ id: slos.id }).from(slos).where(own)).length > 0) return { kind: "here" };
  const [moved] = await db
    .select({ service: slos.service, name: slos.name })
    .from(sloAliases)
    .innerJoin(slos, eq(slos.id, sloAliases.sloId))
    .where(and(eq(sloAliases.service, service), eq(sloAliases.name, name)));
  return moved ? { kind: "moved", ...moved } : null;
}

/** The SLOs in force of a service, by name; empty for a service that has none. */
export async function readServiceSlos(db: Db, service: string): Promise<string[]> {
  if (service.includes("\0")) return []; // PostgreSQL refuses such a text.
  const own = and(eq(slos.service, service), isNull(slos.retiredAt));
  const rows = await db.select({ name: slos.name }).from(slos).where(own).orderBy(asc(slos.name));
  return rows.map(({ name }) => name);
}

interface NamedSlo {
  readonly service: string;
  readonly name: string;
  readonly team: string | null;
}

/** Every SLO in force, by service and name. */
export function readInForce(db: Db): Promise<NamedSlo[]> {
  return db
    .select({ service: slos.service, name: slos.name, team: slos.team })
    .from(slos)
    .where(isNull(slos.retiredAt))
    .orderBy(asc(slos.service), asc(slos.name));
}
