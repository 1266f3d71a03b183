import type { Actor, Scope } from "#lib/access/actor.ts";
import { LOCAL, NOBODY } from "#lib/access/actor.ts";
import { decide, type Permission } from "#lib/access/decide.ts";
import { PAGES, ROUTES } from "#lib/access/routes.ts";

const PERMISSIONS: readonly Permission[] = [
  "public",
  "read",
  "gate",
  "ingest",
  "edit",
  "admin",
  "self",
];

const person = (admin: boolean, ...editorOf: string[]): Actor => ({
  ...{ kind: "person", id: "", name: "", email: "" },
  ...{ admin, editorOf },
});
const token = (team: string | null, scope: Scope): Actor => ({
  ...{ kind: "token", id: "", name: "", scopes: [scope], team },
});

const WHO: readonly (readonly [string, Actor])[] = [
  ["not signed in, or a token that is no longer good", NOBODY],
  ["viewer", person(false)],
  ["editor of a team", person(false, "own")],
  ["admin", person(true)],
  ["token, scope `read`", token(null, "read")],
  ["token, scope `gate`", token(null, "gate")],
  ["token, scope `ingest`", token(null, "ingest")],
  ["token, scope `write`", token(null, "write")],
  ["token, scope `admin`", token(null, "admin")],
  ["a team's token, scope `ingest`", token("own", "ingest")],
  ["a team's token, scope `write`", token("own", "write")],
  ["anyone on this machine, sign-in being off", LOCAL],
];

/** The tables of docs/access.md as the code has them, by their headings. */
export function accessTables(): Record<string, string> {
  return {
    "Who may do what": table(["", ...PERMISSIONS.map(code)], WHO.map(lineOf)),
    Routes: table(["Route", "Asks for"], linesOf(ROUTES)),
    Pages: table(["Page", "Asks for"], linesOf(PAGES)),
  };
}

function lineOf([who, actor]: readonly [string, Actor]): string[] {
  return [who, ...PERMISSIONS.map((permission) => word(actor, permission))];
}

/** What may be done to what is one's own team's, another's, and nobody's. */
function word(actor: Actor, permission: Permission): string {
  const may = ["own", "other", null].map((team) => decide(actor, permission, team) === "allow");
  if (may.every(Boolean)) return "yes";
  return may[0] ? "own team" : "–";
}

function linesOf(asked: Readonly<Record<string, Permission>>): string[][] {
  return Object.entries(asked).map(([name, permission]) => [code(name), code(permission)]);
}

const code = (text: string) => `\`${text}\``;

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const rule = head.map(() => "---");
  return [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
