import { config } from "#config/current.ts";
import type { Db } from "#db/connection.ts";
import { readServiceTeams, type ServiceTeam } from "#db/reads/serviceTeams.ts";

/**
 * Whose which service is: by its SLOs, those of a time in the past (epoch ms) included, and by the
 * `services` of the configuration.
 */
export async function readOwners(db: Db, then: number | null = null): Promise<ServiceTeam[]> {
  const told = config().delivery.services.flatMap(({ name, team }) =>
    team === null ? [] : [{ service: name, team }],
  );
  return [...(await readServiceTeams(db, then)), ...told];
}

/** The teams of a service, by name; empty when nobody claims it. */
export async function readTeamsOf(db: Db, service: string): Promise<string[]> {
  return teamsOf(await readOwners(db), service);
}

export function teamsOf(owners: readonly ServiceTeam[], service: string): string[] {
  return distinct(owners.filter((own) => own.service === service).map(({ team }) => team));
}

/** The services of a team, by name. */
export function servicesOf(owners: readonly ServiceTeam[], team: string): string[] {
  return distinct(owners.filter((own) => own.team === team).map(({ service }) => service));
}

export function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
