import type { Permission } from "#lib/access/decide.ts";

/**
 * Every route and what it asks, the one place that decides. A route looks itself up here; a test walks
 * the file tree and fails on a route that is missing, and on a line that has no route.
 */
export const ROUTES = {
  "GET /healthz": "public",
  "GET /readyz": "public",
  "GET /metrics": "read",

  "GET /api/v1/openapi.json": "public",
  "GET /api/v1/slos": "read",
  "GET /api/v1/slos/[service]/[slo]": "read",
  "GET /api/v1/slos/[service]/[slo]/series": "read",
  "GET /api/v1/sources": "read",
  "GET /api/v1/alerts": "read",
  "GET /api/v1/deployments": "read",
  "POST /api/v1/deployments": "ingest",
  "POST /api/v1/deployments/flux": "ingest",
  "GET /api/v1/incidents": "read",
  "POST /api/v1/incidents": "ingest",
  "GET /api/v1/dora": "read",
  "GET /api/v1/dora/rows.csv": "read",
  "GET /api/v1/gate": "gate",
  "GET /api/v1/exceptions": "read",
  "GET /api/v1/policy": "read",
  "* /api/v1/[...path]": "public",

  "GET /api/views/fleet": "read",
  "GET /api/views/navigation": "read",
  "GET /api/views/search": "read",
  "GET /api/views/services/[service]": "read",
  "GET /api/views/slos/[service]/[slo]": "read",
  "GET /api/views/slos/[service]/[slo]/explain": "read",
  "GET /api/views/sources": "read",
  "GET /api/views/teams/[team]": "read",
  "POST /api/views/deployments/[id]/marks": "edit",

  "POST /api/incidents": "edit",
  "PATCH /api/incidents/[incident]": "edit",
  "PUT /api/incidents/[incident]/cause": "edit",
  "PUT /api/incidents/[incident]/merge": "edit",
  "POST /api/incidents/[incident]/notes": "edit",

  "POST /api/exceptions": "edit",
  "PUT /api/exceptions/[exception]/decision": "edit",
  "DELETE /api/exceptions/[exception]": "edit",
  "PUT /api/owed/[item]": "edit",

  "GET /api/reviews/[month]/review.md": "read",
  "GET /api/reviews/[month]/review.csv": "read",
  "PUT /api/reviews/[month]/notes": "edit",
  "POST /api/reviews/[month]/publication": "edit",
  "POST /api/reviews/[month]/corrections": "edit",
  "POST /api/reviews/[month]/actions": "edit",
  "PATCH /api/reviews/[month]/actions/[action]": "edit",

  "* /api/auth/[...path]": "public",
  "POST /api/welcome": "public",
  "POST /api/settings/people/invitations": "admin",
  "DELETE /api/settings/people/invitations/[invitation]": "admin",
  "PATCH /api/settings/people/[person]": "admin",
  "POST /api/settings/people/[person]/reset": "admin",
  "DELETE /api/settings/people/[person]/sessions": "admin",
  "PUT /api/settings/teams/[team]/editors/[person]": "edit",
  "DELETE /api/settings/teams/[team]/editors/[person]": "edit",
  "POST /api/settings/tokens": "edit",
  "DELETE /api/settings/tokens/[token]": "edit",
  "POST /api/settings/webhooks/[source]/secrets": "admin",
  "DELETE /api/settings/webhooks/[source]/secrets/[secret]": "admin",
  "POST /api/settings/receivers": "edit",
  "PATCH /api/settings/receivers/[receiver]": "edit",
  "DELETE /api/settings/receivers/[receiver]": "edit",
  "POST /api/settings/receivers/[receiver]/test": "edit",
  "POST /api/settings/receivers/[receiver]/replay": "edit",
  "GET /api/settings/audit.csv": "admin",
  "DELETE /api/settings/account/sessions/[session]": "self",
  "POST /api/settings/account/password": "self",

  "POST /api/webhooks/alertmanager": "ingest",
  /** These two carry a signature over the body, which is checked instead of a session or token. */
  "POST /api/webhooks/github": "public",
  "POST /api/webhooks/pagerduty": "public",
} as const satisfies Record<string, Permission>;

export type Route = keyof typeof ROUTES;

/** Every page and what it asks. */
export const PAGES = {
  "/": "read",
  "/alert": "read",
  "/deployments": "read",
  "/deployments/[id]": "read",
  "/dora": "read",
  "/dora/reviews": "read",
  "/dora/reviews/[month]": "read",
  "/incidents": "read",
  "/incidents/[id]": "read",
  "/policy": "read",
  "/policy/exceptions": "read",
  "/policy/exceptions/[exception]": "read",
  "/policy/exceptions/new": "edit",
  "/policy/gate": "read",
  "/services/[service]": "read",
  "/services/[service]/slos/[slo]": "read",
  "/sources": "read",
  "/teams/[team]": "read",
  "/settings": "read",
  "/settings/account": "self",
  "/settings/audit": "admin",
  "/settings/notifications": "edit",
  "/settings/notifications/deliveries": "edit",
  "/settings/people": "admin",
  "/settings/teams": "read",
  "/settings/tokens": "edit",
  "/settings/webhooks": "admin",
  "/sign-in": "public",
  "/welcome": "public",
} as const satisfies Record<string, Permission>;

export type Page = keyof typeof PAGES;
