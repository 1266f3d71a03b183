import { APIError } from "better-auth";
import { attemptUnderWay, currentAttempt } from "#auth/attempt.ts";
import { config } from "#config/current.ts";
import type { OidcProvider } from "#config/signIn.ts";
import { store } from "#db/client.ts";
import { readRoles } from "#db/reads/actor.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { applyGroups, isInvited, takeUpInvitation } from "#db/writes/signIn.ts";
import type { Actor } from "#lib/access/actor.ts";
import { admit, groupsIn, rolesOf } from "#lib/access/admission.ts";

interface Gate {
  readonly user: { readonly email?: string; readonly emailVerified?: boolean };
  readonly source: {
    readonly action: string;
    readonly oauth?: {
      readonly providerId: string;
      readonly profile?: Readonly<Record<string, unknown>>;
    };
  };
}

/** better-auth's gate, asked before anyone is created, linked or signed in by a provider. */
export async function admitArrival({ user, source }: Gate): Promise<{ error: string } | undefined> {
  const { oauth } = source;
  if (!oauth) return { error: "not_invited" };
  const attempt = currentAttempt();
  const profile = oauth.profile ?? {};
  const { db } = await store();
  const refusal = admit({
    emailVerified: user.emailVerified === true,
    emailTrusted: oidcProvider(oauth.providerId)?.trustEmail ?? false,
    known: source.action !== "create-user",
    invited: await isInvited(db, user.email ?? "", attempt.at),
    member: isMember(oauth.providerId, profile),
  });
  if (refusal) return { error: refusal };
  attempt.arrived = { providerId: oauth.providerId, profile };
  return undefined;
}

/** May come without an invitation: by the provider's sign-up switch, or a named GitHub organisation. */
function isMember(providerId: string, profile: Readonly<Record<string, unknown>>): boolean {
  const { github } = config().signIn;
  if (providerId !== "github") return oidcProvider(providerId)?.signUp ?? false;
  const named = (github?.organizations ?? []).map((name) => name.toLowerCase());
  return groupsIn(profile, "organizations").some((name) => named.includes(name));
}

function oidcProvider(id: string): OidcProvider | undefined {
  return config().signIn.oidc.find((provider) => provider.id === id);
}

/** Someone came for the first time: what their invitation promised becomes theirs. */
export async function personCreated(person: { id: string; email: string; name: string }) {
  const { db } = await store();
  await takeUpInvitation(db, person, by({ ...person, admin: false, editorOf: [] }));
}

/** Before a session: the disabled stay out, and the provider's groups have their say. */
export async function beforeSession({ userId }: { userId: string }): Promise<void> {
  const { db } = await store();
  const roles = await readRoles(db, userId);
  if (!roles || roles.disabled) {
    throw new APIError("FORBIDDEN", {
      code: "disabled",
      message: "This person may not sign in any more.",
    });
  }
  const { arrived } = currentAttempt();
  const provider = arrived ? oidcProvider(arrived.providerId) : undefined;
  if (!arrived || !provider) return;
  const given = rolesOf(groupsIn(arrived.profile, provider.groupsClaim), provider);
  const person = { id: userId, name: roles.email, ...roles };
  await applyGroups(db, person, given, by(person));
}

/** Who signed in, and by what, into the audit log. */
export async function afterSession({ userId }: { userId: string }): Promise<void> {
  const { db } = await store();
  const roles = await readRoles(db, userId);
  if (!roles) return;
  const { arrived } = currentAttempt();
  await writeAudit(db, by({ id: userId, name: roles.email, ...roles }), {
    action: "person.signed-in",
    subject: `person:${roles.email}`,
    after: { with: arrived?.providerId ?? "password" },
  });
}

/** Who signed out, into the audit log; not whose session had run out, which is found by any request. */
export async function sessionEnded({ userId }: { userId: string }): Promise<void> {
  if (!attemptUnderWay()) return;
  const { db } = await store();
  const roles = await readRoles(db, userId);
  if (!roles) return;
  await writeAudit(db, by({ id: userId, name: roles.email, ...roles }), {
    action: "person.signed-out",
    subject: `person:${roles.email}`,
  });
}

function by(person: Omit<Extract<Actor, { kind: "person" }>, "kind">): By {
  const { address, at } = currentAttempt();
  return { actor: { kind: "person", ...person }, address, at };
}
