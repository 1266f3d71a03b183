import type { InvitationView, PersonView } from "#components/settings/people/view.ts";
import { listed } from "#components/team/words.ts";

/** What someone may do, in a few words. */
export function roleWords(admin: boolean, teams: readonly string[]): string {
  if (admin) return "Admin";
  return teams.length === 0 ? "Viewer" : `Editor of ${listed([...new Set(teams)])}`;
}

/** The same, with where an admin's rights come from. */
export function personRole({ admin, adminFrom, teams }: PersonView): string {
  const role = roleWords(
    admin,
    teams.map(({ team }) => team),
  );
  return admin && adminFrom === "groups" ? `${role}, by group` : role;
}

/** What someone will be who takes an invitation up. */
export function invitedAs({ admin, teams }: Pick<InvitationView, "admin" | "teams">): string {
  if (admin) return "as an admin";
  return teams.length === 0 ? "as a viewer" : `as an editor of ${listed(teams)}`;
}

/** At how many browsers someone is signed in. */
export function sessionWords(sessions: number): string {
  if (sessions === 0) return "signed in nowhere";
  return sessions === 1 ? "signed in at 1 browser" : `signed in at ${sessions} browsers`;
}

/** A way to sign in as better-auth stores it, as people call it. `names` are those of OIDC providers. */
export function wayIn(provider: string, names: Readonly<Record<string, string>>): string {
  if (provider === "credential") return "password";
  if (provider === "github") return "GitHub";
  return Object.hasOwn(names, provider) ? (names[provider] ?? provider) : provider;
}
