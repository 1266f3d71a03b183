import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Route } from "#lib/access/routes.ts";

/** What stands for the brackets of an address. */
export type Names = Readonly<Record<string, string>>;

/** What a request to a route sends, and what an admin is answered. */
export interface Example {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  /** For brackets that mean something else here. */
  readonly names?: Names;
  /** Default 200. */
  readonly adminGets?: number;
}

/** What webhooks are signed with. */
export interface Signing {
  readonly github: string;
  readonly pagerduty: string;
}

/** Good requests: whoever were let in by mistake would change something. */
export function exampleOf(route: Route, signing: Signing): Example {
  if (route === "POST /api/webhooks/github") return githubExample(signing.github);
  if (route === "POST /api/webhooks/pagerduty") return pagerdutyExample(signing.pagerduty);
  return EXAMPLES[route] ?? {};
}

const json = JSON.stringify;
const PASSWORD = "another long password";

const EXAMPLES: Partial<Record<Route, Example>> = {
  "GET /api/views/slos/[service]/[slo]/explain": { query: "?number=remaining" },
  // Nothing was ever collected for it, so there is no history to compare.
  "GET /api/v1/slos/[service]/[slo]/what-if": { adminGets: 409 },
  "GET /api/v1/dora/rows.csv": { query: "?metric=leadTime" },
  "GET /api/v1/gate": { query: "?service=shop" },
  "POST /api/views/deployments/[id]/marks": { body: json({ mark: "not-failed" }) },
  "POST /api/v1/deployments": {
    body: json({ service: "shop", environment: "production", status: "success", id: "new" }),
    adminGets: 201,
  },
  "POST /api/v1/deployments/flux": {
    query: "?environment=production&service=shop",
    body: json({
      involvedObject: { kind: "Kustomization", namespace: "flux-system", name: "shop" },
      timestamp: "2026-01-01T00:00:00Z",
      reason: "ReconciliationSucceeded",
      metadata: { revision: "main@sha1:0123456789abcdef0123456789abcdef01234567" },
    }),
    adminGets: 201,
  },
  "POST /api/v1/incidents": {
    body: json({ service: "shop", title: "New", id: "new" }),
    adminGets: 201,
  },
  "POST /api/v1/exclusions": {
    body: json({
      ...{ kind: "experiment", service: "shop", title: "New", reason: "New", id: "new" },
      ...{ startsAt: new Date().toISOString() },
      endsAt: new Date(Date.now() + 60_000).toISOString(),
    }),
    adminGets: 201,
  },
  "PATCH /api/v1/exclusions/[exclusion]": { body: json({ title: "Newer" }) },
  // There is no source to ask: whoever comes this far is told so.
  "POST /api/editor/preview": {
    body: json({
      text: "service: new\nslos:\n  - name: a\n    target: 0.9\n    window: 30d\n    sli: { bad: 'sum(rate(x_total{c=\"5\"}[5m]))', total: 'sum(rate(x_total[5m]))' }",
      ...{ file: null, slo: "new/a", source: null, reach: "day" },
    }),
  },
  "GET /api/editor/names": { query: "?source=none&kind=metrics&part=http" },
  "POST /api/incidents": {
    body: json({
      ...{ service: "shop", title: "New", severity: "SEV3" },
      startedAt: "2026-01-01T00:00:00Z",
    }),
    adminGets: 201,
  },
  // Whoever comes this far is told that it was changed since: nobody has seen it at 0.
  "PATCH /api/incidents/[incident]": {
    body: json({ updatedAt: 0, title: "Newer" }),
    adminGets: 409,
  },
  "PUT /api/incidents/[incident]/cause": {
    body: json({ updatedAt: 0, deployment: "none" }),
    adminGets: 409,
  },
  "PUT /api/incidents/[incident]/merge": {
    body: json({ updatedAt: 0, into: null }),
    adminGets: 409,
  },
  "POST /api/incidents/[incident]/notes": { body: json({ text: "New" }), adminGets: 201 },
  "POST /api/exceptions": {
    body: json({
      ...{ service: "shop", need: "launch", justification: "New", risk: "New", mitigations: "New" },
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    }),
    adminGets: 201,
  },
  // The admin's own: another person decides.
  "PUT /api/exceptions/[exception]/decision": {
    body: json({ decision: "approved" }),
    adminGets: 409,
  },
  "PUT /api/owed/[item]": { body: json({ done: true, note: "New" }) },
  // Each of a month of its own, so that none is in the way of another.
  "PUT /api/reviews/[month]/notes": {
    body: json({ team: "pay", zone: "UTC", notes: "New", seen: null }),
    names: { month: "2026-09" },
  },
  // Of numbers that nobody saw: those are never published.
  "POST /api/reviews/[month]/publication": {
    body: json({
      ...{ team: "pay", zone: "UTC", seen: null },
      inputs: { delivery: "x", slos: "x", events: "x", actions: "x" },
    }),
    names: { month: "2026-08" },
    adminGets: 409,
  },
  "POST /api/reviews/[month]/corrections": {
    body: json({ team: "pay", text: "New" }),
    names: { month: "2026-07" },
    adminGets: 409,
  },
  "POST /api/reviews/[month]/actions": {
    body: json({ team: "pay", text: "New" }),
    adminGets: 201,
  },
  "PATCH /api/reviews/[month]/actions/[action]": { body: json({ team: "pay", done: true }) },
  "* /api/v1/[...path]": { adminGets: 404 },
  // The ways to sign in are tried elsewhere: they are limited, and one of them ends the session.
  "* /api/auth/[...path]": { adminGets: 404 },
  "POST /api/welcome": {
    body: json({ token: "x", name: "X", email: "x@example.org", password: PASSWORD }),
    adminGets: 410,
  },
  "POST /api/settings/people/invitations": {
    body: json({ name: "New", email: "new@example.org", admin: true, teams: ["pay"] }),
  },
  "PATCH /api/settings/people/[person]": { body: json({ admin: true }) },
  "POST /api/settings/tokens": {
    body: json({ name: "new", scopes: ["read"], team: "pay", days: 30 }),
    adminGets: 201,
  },
  "POST /api/settings/webhooks/[source]/secrets": { adminGets: 201 },
  "DELETE /api/settings/webhooks/[source]/secrets/[secret]": { names: { source: "pagerduty" } },
  // Hears of nothing that happens here, so that nothing is sent while answers are compared.
  "POST /api/settings/receivers": {
    body: json({
      ...{ name: "New", kind: "webhook", url: "https://localhost/hook", team: "pay" },
      kinds: ["source-unhealthy"],
    }),
    adminGets: 201,
  },
  "PATCH /api/settings/receivers/[receiver]": { body: json({ name: "Newer" }) },
  "POST /api/settings/receivers/[receiver]/replay": {
    body: json({ delivery: null }),
    adminGets: 409,
  },
  // Not the admin's own session, and not their password.
  "DELETE /api/settings/account/sessions/[session]": { adminGets: 404 },
  "POST /api/settings/account/password": {
    body: json({ current: "not the current one", next: PASSWORD }),
    adminGets: 422,
  },
  "POST /api/webhooks/alertmanager": {
    body: readFileSync("app/api/webhooks/__fixtures__/alertmanager-payload.json", "utf8"),
    adminGets: 202,
  },
};

function githubExample(secret: string): Example {
  const body = json({ zen: "Keep it logically awesome.", sent: randomUUID() });
  const headers = {
    "x-github-event": "ping",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": `sha256=${digest(body, secret)}`,
  };
  return { body, headers, adminGets: 202 };
}

function pagerdutyExample(secret: string): Example {
  const occurred = new Date().toISOString();
  const event = { id: randomUUID(), event_type: "incident.triggered", occurred_at: occurred };
  const body = json({ event });
  return {
    body,
    headers: { "x-pagerduty-signature": `v1=${digest(body, secret)}` },
    adminGets: 202,
  };
}

function digest(body: string, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}

/** An address with its brackets filled in. */
export function pathOf(address: string, names: Names): string {
  return address.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined)
      throw new Error(`e2e/access/place.ts names no [${name}] for ${address}`);
    return encodeURIComponent(value);
  });
}
