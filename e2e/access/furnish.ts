import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Store } from "#db/client.ts";
import { readCatalog } from "#db/reads/catalog.ts";
import { invitations, owedItems, people, sessions } from "#db/schema/index.ts";
import { inForce } from "#db/suites/definitions.ts";
import { evaluated } from "#db/suites/evaluations.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveEvaluations } from "#db/writes/evaluations.ts";
import { DAY } from "#lib/time/duration.ts";
import { type Client, invite, signIn, takeUp } from "./client.ts";
import type { Names, Signing } from "./examples.ts";

/** A word that stands in what only some may see, and in no refusal. */
export const CANARY = "zanzibar";

export interface Furniture {
  readonly signing: Signing;
  /** What there is, and what there is not, for the brackets of addresses. */
  readonly known: Names;
  readonly unknown: Names;
}

const WHERE = { service: "shop", slo: CANARY, team: "pay", source: "github", path: "nothing" };
const NOWHERE = { service: "no", slo: "no", team: "no-team", source: "gitlab", path: "nowhere" };
const NO_ID = "00000000-0000-4000-8000-000000000000";
const MONTH = "2026-10";
const IDS = {
  receiver: NO_ID,
  person: NO_ID,
  invitation: NO_ID,
  secret: NO_ID,
  token: NO_ID,
  session: NO_ID,
};
const OF_POLICY = { exception: NO_ID, item: NO_ID, exclusion: NO_ID };
const OF_DELIVERY = { id: NO_ID, incident: NO_ID, action: NO_ID, month: MONTH };
export const UNKNOWN: Names = { ...NOWHERE, ...IDS, ...OF_DELIVERY, ...OF_POLICY };

/** One of each sort of thing, which requests then are about. */
export async function furnish(admin: Client, store: Store): Promise<Furniture> {
  await addSlo(store);
  const token = await makeToken(admin, { name: CANARY, scopes: ["read"], team: "pay" });
  const signing = await makeSigning(admin);
  const secret = await makeSecret(admin, "pagerduty");
  const ids = { ...(await addPerson(admin, store)), token: token.id, secret: secret.id };
  const invitation = await openInvitation(admin, store);
  const id = await addDelivery(admin);
  const action = await addAction(admin);
  const exclusion = await addExclusion(admin);
  const ofPolicy = { exception: await addException(admin), item: await addOwed(store), exclusion };
  const receiver = await addReceiver(admin);
  const known = {
    receiver,
    ...WHERE,
    ...ids,
    ...ofPolicy,
    invitation,
    id,
    incident: id,
    action,
    month: MONTH,
  };
  return { signing, known, unknown: UNKNOWN };
}

async function addSlo({ db }: Store): Promise<void> {
  const slo = inForce({ service: "shop", name: CANARY, team: "pay" });
  const path = `${CANARY}.yaml`;
  const document = { path, hash: "1", dialect: "plain", findings: [], goodContent: "" } as const;
  const now = Date.now();
  await applyCatalog(db, { documents: [document], slos: [{ ...slo, path }], now });
  const catalog = await readCatalog(db);
  await saveEvaluations(
    db,
    catalog.map((found) => evaluated(found, { at: now })),
  );
}

/** An editor of pay who is signed in, and does nothing. */
async function addPerson(admin: Client, { db }: Store): Promise<Names> {
  const email = `${CANARY}@example.org`;
  const link = await invite(admin, { name: CANARY, email, teams: ["pay"] });
  await takeUp(admin.url, link, { name: CANARY, email });
  await signIn(admin.url, email);
  const [row] = await db
    .select({ person: people.id, session: sessions.id })
    .from(people)
    .innerJoin(sessions, eq(sessions.userId, people.id))
    .where(eq(people.email, email));
  if (!row) throw new Error(`${email} is not signed in`);
  return row;
}

async function openInvitation(admin: Client, { db }: Store): Promise<string> {
  await invite(admin, { name: "Guest", email: "guest@example.org" });
  const [row] = await db
    .select()
    .from(invitations)
    .where(eq(invitations.email, "guest@example.org"));
  if (!row) throw new Error("the invitation was not kept");
  return row.id;
}

/** A deployment and an incident of one id. */
async function addDelivery(admin: Client): Promise<string> {
  const made = z.object({ id: z.string() });
  const of = { id: "known", service: "shop" };
  const deployed = { ...of, environment: "production", status: "success", ref: CANARY };
  await admin.change("POST /api/v1/incidents", made, { ...of, title: CANARY });
  return (await admin.change("POST /api/v1/deployments", made, deployed)).id;
}

async function addAction(admin: Client): Promise<string> {
  const route = `POST /api/reviews/${MONTH}/actions`;
  return (await admin.change(route, z.object({ id: z.string() }), { team: "pay", text: CANARY }))
    .id;
}

async function addException(admin: Client): Promise<string> {
  const words = { justification: CANARY, risk: CANARY, mitigations: CANARY };
  const expiresAt = new Date(Date.now() + 30 * DAY).toISOString();
  const asked = { service: "shop", slo: CANARY, need: "launch", ...words, expiresAt };
  const { id } = await admin.change("POST /api/exceptions", z.object({ id: z.int() }), asked);
  return String(id);
}

async function addExclusion(admin: Client): Promise<string> {
  const [startsAt, endsAt] = [DAY, 2 * DAY].map((ms) => new Date(Date.now() + ms).toISOString());
  const of = { kind: "maintenance", service: "shop", slo: CANARY, title: CANARY, reason: CANARY };
  const told = { ...of, startsAt, endsAt };
  const { id } = await admin.change("POST /api/v1/exclusions", z.object({ id: z.int() }), told);
  return String(id);
}

async function addOwed({ db }: Store): Promise<string> {
  const of = { sloId: 1, service: "shop", slo: CANARY, incidentId: "known" };
  const owed = { kind: "postmortem", naturalKey: CANARY, share: 0.3, above: 0.2 } as const;
  const [item] = await db
    .insert(owedItems)
    .values({ ...of, ...owed, openedAt: Date.now() })
    .returning();
  if (!item) throw new Error("the owed item was not kept");
  return String(item.id);
}

/** Switched off: nothing is sent while answers are compared. */
async function addReceiver(admin: Client): Promise<string> {
  const of = { name: CANARY, kind: "slack", url: "https://localhost/hook", team: "pay" };
  const made = z.object({ id: z.string() });
  const { id } = await admin.change("POST /api/settings/receivers", made, of);
  await admin.change(`PATCH /api/settings/receivers/${id}`, made, { enabled: false });
  return id;
}

const madeToken = z.object({ id: z.string(), token: z.string() });
const madeSecret = z.object({ id: z.string(), secret: z.string() });

/** What a token is made with. */
export interface Grant {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly team?: string | null;
}

export function makeToken(admin: Client, { name, scopes, team = null }: Grant) {
  const asked = { name, scopes, team, days: 30 };
  return admin.change("POST /api/settings/tokens", madeToken, asked);
}

/** A live secret of each sender that signs. */
export async function makeSigning(admin: Client): Promise<Signing> {
  const { secret: github } = await makeSecret(admin, "github");
  const { secret: pagerduty } = await makeSecret(admin, "pagerduty");
  return { github, pagerduty };
}

function makeSecret(admin: Client, source: "github" | "pagerduty") {
  return admin.change(`POST /api/settings/webhooks/${source}/secrets`, madeSecret);
}
