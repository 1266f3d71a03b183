import type { FleetRow } from "#lib/fleet/row.ts";
import { HEALTHY } from "#lib/policy/policy.ts";
import { byWorst } from "#lib/slo/service.ts";

/** What the error budget policy asks for one service: the state of its worst enforced SLO. */
export interface ServiceDuty {
  readonly service: string;
  /** The SLO that decides; null when the service has only aspirational ones, which ask for nothing. */
  readonly cause: FleetRow | null;
  /** Changes may not ship. */
  readonly blocks: boolean;
  /** Epoch ms at which the last block lifts if nothing fails from now on; null when not known. */
  readonly liftsAt: number | null;
  /** The numbers of all its enforced SLOs are known; else nobody can say that changes may ship. */
  readonly known: boolean;
  /** Something is to be done or to be decided: a policy state, or numbers that are unknown. */
  readonly asks: boolean;
}

/**
 * What each service of a team must do, the most urgent first: blocked ones, then those in another
 * policy state, then those whose numbers are unknown, then the rest.
 * @example teamDuties(rows)[0]?.blocks // true
 */
export function teamDuties(rows: readonly FleetRow[]): ServiceDuty[] {
  const services = Map.groupBy(rows, ({ service }) => service);
  return [...services].map(([service, own]) => serviceDuty(service, own)).sort(byUrgency);
}

function serviceDuty(service: string, rows: readonly FleetRow[]): ServiceDuty {
  const enforced = rows.filter((row) => row.enforced);
  const cause = enforced.toSorted(byUrgentRow)[0] ?? null;
  const blocking = enforced.filter((row) => row.blocks);
  return {
    service,
    cause,
    blocks: blocking.length > 0,
    liftsAt: lastLift(blocking),
    known: enforced.every(({ state }) => state !== "unknown"),
    asks: cause !== null && urgency(cause) > 0,
  };
}

/** All blocks must lift; one without a date leaves the whole without one. */
function lastLift(blocking: readonly FleetRow[]): number | null {
  const dates = blocking.flatMap(({ liftsAt }) => (liftsAt === null ? [] : [liftsAt]));
  return dates.length === blocking.length && dates.length > 0 ? Math.max(...dates) : null;
}

function urgency({ blocks, policyState, state }: FleetRow): number {
  if (blocks) return 3;
  if (policyState !== HEALTHY) return 2;
  return state === "unknown" ? 1 : 0;
}

function byUrgentRow(a: FleetRow, b: FleetRow): number {
  return urgency(b) - urgency(a) || byWorst(a, b);
}

function byUrgency(a: ServiceDuty, b: ServiceDuty): number {
  const of = ({ cause }: ServiceDuty) => (cause ? urgency(cause) : 0);
  return of(b) - of(a) || a.service.localeCompare(b.service);
}

/**
 * The SLOs whose burn-rate alert is on, pages before tickets, then the oldest first.
 * @example burning(rows).map(({ slo }) => slo) // ["availability"]
 */
export function burning(rows: readonly FleetRow[]): FleetRow[] {
  const order = ({ alert }: FleetRow) => (alert?.severity === "page" ? 0 : 1);
  return rows
    .filter(({ alert }) => alert !== null)
    .sort((a, b) => order(a) - order(b) || (a.alert?.since ?? 0) - (b.alert?.since ?? 0));
}
