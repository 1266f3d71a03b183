import { PAGES, type Page, ROUTES, type Route } from "#lib/access/routes.ts";

/**
 * What each sort of caller is answered, by what a route asks: `+` they may, whatever the content of the
 * answer is; a number is the refusal. The things asked for belong to the team pay. `alerts` is the
 * permission to ingest for all teams, `edit own` to edit what is the caller's own team's, whichever that
 * is, `tokens` the management of tokens and of editors.
 */
const TABLE = `
                     public  read  gate  ingest  alerts  edit  edit own  tokens  admin  self
nobody               +       401   401   401     401     401   401       401     401    401
viewer               +       +     +     403     403     403   403       403     403    +
editor of pay        +       +     +     +       403     +     +         +       403    +
editor of web        +       +     +     403     403     403   +         403     403    +
admin                +       +     +     +       +       +     +         +       +      +
token read           +       +     403   403     403     403   403       403     403    403
token gate           +       403   +     403     403     403   403       403     403    403
token ingest         +       403   403   +       +       403   403       403     403    403
token write          +       403   403   +       +       +     +         403     403    403
token admin          +       +     +     +       +       +     +         +       +      403
token write of pay   +       403   403   +       403     +     +         403     403    403
token most of pay    +       +     +     +       403     +     +         403     403    403
token write of web   +       403   403   403     403     403   +         403     403    403
sign-in off          +       +     +     +       +       +     +         +       +      403
`;

/** Routes that ask for something else than their line in `lib/access/routes.ts` says, once they know what it is about. */
const NARROWER: Partial<Record<Route, string>> = {
  "POST /api/webhooks/alertmanager": "alerts",
  "POST /api/settings/tokens": "tokens",
  "DELETE /api/settings/tokens/[token]": "tokens",
  "PUT /api/settings/teams/[team]/editors/[person]": "tokens",
  "DELETE /api/settings/teams/[team]/editors/[person]": "tokens",
  // What is written there belongs to no team yet.
  "POST /api/editor/preview": "edit own",
  "GET /api/editor/names": "edit own",
};

/**
 * Routes that must look before they know whose it is: whoever may edit for some team is told 404 of an
 * id that does not exist. Ids are random, or everyone may read what they name: nobody learns by trying.
 */
export const LOOKS_FIRST: readonly Route[] = [
  "DELETE /api/settings/tokens/[token]",
  "PATCH /api/settings/receivers/[receiver]",
  "DELETE /api/settings/receivers/[receiver]",
  "POST /api/settings/receivers/[receiver]/test",
  "POST /api/settings/receivers/[receiver]/replay",
  "PUT /api/exceptions/[exception]/decision",
  "DELETE /api/exceptions/[exception]",
  "PATCH /api/v1/exclusions/[exclusion]",
  "DELETE /api/v1/exclusions/[exclusion]",
  "PUT /api/owed/[item]",
  "PATCH /api/incidents/[incident]",
  "PUT /api/incidents/[incident]/cause",
  "PUT /api/incidents/[incident]/merge",
  "POST /api/incidents/[incident]/notes",
  "POST /api/views/deployments/[id]/marks",
];

/** Files with server actions, each of which would need a door of its own. */
export const SERVER_ACTIONS: readonly string[] = [];

/** Routes that are answered whatever happens to the rest, without the guard. */
export const UNGUARDED: readonly string[] = ["/healthz", "/readyz"];

/** What Next serves besides pages and routes; everyone may see it. */
export const OTHER_DOORS: readonly string[] = ["app/icon.svg"];

export type Expected = "+" | 401 | 403;

const [columns = [], ...lines] = TABLE.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s{2,}/));

/** The sorts of callers that the table knows. */
export const LINES: readonly string[] = lines.map(([name = ""]) => name);

/** What a caller of this line is to be answered; throws on a column that nobody has written yet. */
export function expected(line: string, column: string): Expected {
  const cell = lines.find(([name]) => name === line)?.[1 + columns.indexOf(column)];
  if (columns.includes(column) && cell === "+") return cell;
  if (columns.includes(column) && (cell === "401" || cell === "403"))
    return cell === "401" ? 401 : 403;
  throw new Error(`e2e/access/expected.ts says nothing of ${JSON.stringify({ line, column })}`);
}

/** The column of a route. */
export function columnOf(route: Route): string {
  return NARROWER[route] ?? ROUTES[route];
}

/** The columns of a page: its own, and that of the fleet's navigation, which stands around all but the doors. */
export function columnsOf(page: Page): { readonly around: string; readonly own: string } {
  const asks = PAGES[page];
  if (asks === "public") return { around: asks, own: asks };
  return { around: "read", own: asks === "edit" ? "edit own" : asks };
}

/** Who sees a page, but nothing on it of the team pay. */
export const SEES_NOTHING_OF_PAY: Partial<Record<Page, readonly string[]>> = {
  "/settings/tokens": ["editor of web"],
  "/settings/notifications": ["editor of web"],
};
