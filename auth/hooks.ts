import { APIError } from "better-auth";
import { type Attempt, attemptUnderWay, currentAttempt } from "#auth/attempt.ts";
import { config } from "#config/current.ts";
import type { OidcProvider } from "#config/signIn.ts";
import { store } from "#db/client.ts";
import { readRoles } from "#db/reads/actor.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { applyGroups, isInvited, takeUpInvitation } from "#db/writes/signIn.ts";
import { type Actor, NOBODY } from "#lib/access/actor.ts";
import { admit, groupsIn, rolesOf } from "#lib/access/admission.ts";

interface Gate {
  /** With an id where they are known. */
  readonly user: {
    readonly id?: string;
    readonly email?: string;
    readonly emailVerified?: boolean;
  };
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
  const { oauth, action } = source;
  if (!oauth) return { error: "not_invited" };
  const attempt = currentAttempt();
  const profile = oauth.profile ?? {};
  const { db } = await store();
  const isNew = action === "create-user";
  const known = isNew ? null : await readRoles(db, user.id ?? "");
  const refusal = admit({
    emailVerified: user.emailVerified === true,
    emailTrusted: oidcProvider(oauth.providerId)?.trustEmail ?? false,
    known: !isNew,
    disabled: known?.disabled ?? false,
    invited: await isInvited(db, user.email ?? "", attempt.at),
    member: isMember(oauth.providerId, profile),
  });
  if (refusal) {
    await noteRefusal(known?.email ?? null, { code: refusal, with: oauth.providerId });
    return { error: refusal };
  }
  attempt.arrived = {
    providerId: oauth.providerId,
    profile,
    linked: action === "link-account",
  };
  return undefined;
}

/** Strangers are not named: what a provider says of them is of no concern, and rows stay for ever. */
async function noteRefusal(
  email: string | null,
  after: { readonly code: string; readonly with: string },
): Promise<void> {
  const { address, at } = currentAttempt();
  const { db } = await store();
  await writeAudit(
    db,
    { actor: NOBODY, address, at },
    {
      action: "person.sign-in-refused",
      subject: `person:${email ?? "unknown"}`,
      after,
    },
  );
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
  const joined = by({ ...person, admin: false, editorOf: [] });
  await takeUpInvitation(db, { ...person, isNew: true }, joined);
}

/**
 * Before a session: the disabled stay out, an invitation that a first visit could not take up is taken
 * up, and groups have their say, if only that this way in has none.
 */
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
  const person = { id: userId, name: roles.email, ...roles };
  if (arrived?.linked) await noteLinked(by(person), roles.email, arrived.providerId);
  await takeUpInvitation(db, { ...person, isNew: false }, by(person));
  await applyGroups(db, person, givenTo(arrived), by(person));
}

function givenTo(arrived: Attempt["arrived"]): Parameters<typeof applyGroups>[2] {
  const provider = arrived ? oidcProvider(arrived.providerId) : undefined;
  if (!arrived || !provider) return { admin: null, teams: [], origin: "groups" };
  const roles = rolesOf(groupsIn(arrived.profile, provider.groupsClaim), provider);
  return { ...roles, origin: `groups:${provider.id}` };
}

async function noteLinked(actor: By, email: string, providerId: string): Promise<void> {
  const { db } = await store();
  await writeAudit(db, actor, {
    action: "person.identity-linked",
    subject: `person:${email}`,
    after: { with: providerId },
  });
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
