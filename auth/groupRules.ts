import { config } from "#config/current.ts";

/** Ids of the providers that make admins by group. */
export function providersMakingAdmins(): string[] {
  return config().signIn.oidc.flatMap(({ id, admins }) => (admins.length > 0 ? [id] : []));
}

/** Ids of the providers that make editors of this team by group. */
export function providersMakingEditors(team: string): string[] {
  return config().signIn.oidc.flatMap(({ id, teams }) =>
    Object.values(teams).includes(team) ? [id] : [],
  );
}
