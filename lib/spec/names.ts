import type { Fields } from "#lib/spec/fields.ts";
import { readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";

/** Names stand in URLs (`/services/<service>/slos/<slo>`), so they are what URLs carry unchanged. */
const SLUG = /^[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?$/;
const MAX_LENGTH = 100;

/**
 * Whether a name may stand in a URL as it is: 1 to 100 letters, digits, dots, dashes and underscores,
 * beginning and ending with a letter or digit.
 * @example isSlug("api-service") // true
 */
export function isSlug(name: string): boolean {
  return name.length <= MAX_LENGTH && SLUG.test(name);
}

/**
 * The nearest name that may stand in a URL; null when nothing of it may.
 * @example slugOf("Résumé API") // "Resume-API"
 */
export function slugOf(name: string): string | null {
  const plain = name
    .slice(0, 10 * MAX_LENGTH)
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "");
  const dashed = plain.replaceAll(/[^a-zA-Z0-9._-]+/g, "-").slice(0, MAX_LENGTH);
  const slug = dashed.replace(/^[._-]+/, "").replace(/[._-]+$/, "");
  return slug === "" ? null : slug;
}

/**
 * The name of a service or SLO.
 * @example readName(node of "a b", findings) // null, and an error that says: write a-b
 */
export function readName(node: Located | null, findings: Findings): string | null {
  if (node?.kind === "number" || node?.kind === "boolean") {
    const message = `must be a text, got ${describe(node)}; put it in quotes`;
    return findings.error(node, "wrong-type", message);
  }
  const name = readText(node, findings);
  if (name === null || node === null || isSlug(name)) return name;
  if (name.length > MAX_LENGTH) {
    const message = `has ${name.length} characters, at most ${MAX_LENGTH} are allowed`;
    return findings.error(node, "bad-name", message);
  }
  const slug = slugOf(name);
  const write = slug ? `; write ${slug}` : "";
  return findings.error(node, "bad-name", `${NAME_RULE}, got ${describe(node)}${write}`);
}

const NAME_RULE =
  "must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends";

/** Backstage writes owners as `group:default/shop`; the group's name is the team. */
const BACKSTAGE_GROUP = /^group:(?:[^/]*\/)?/;

/**
 * The team that a text names: trimmed, without Backstage's `group:default/` before it.
 * @example teamName("group:default/shop") // "shop"
 */
export function teamName(written: string): string {
  return written.trim().replace(BACKSTAGE_GROUP, "");
}

/**
 * A team's name, made fit for URLs; null when absent. What had to be changed is told.
 * @example readTeam(node of "group:default/shop", findings) // "shop"
 */
export function readTeam(node: Located | null, findings: Findings): string | null {
  const written = readText(node, findings);
  if (written === null || node === null) return null;
  const bare = teamName(written);
  if (isSlug(bare)) return bare;
  const slug = slugOf(bare);
  if (slug === null) return findings.error(node, "bad-name", `${NAME_RULE}, got ${describe(node)}`);
  findings.loss(node, "team-renamed", `the team is shown as ${slug}: names stand in addresses`);
  return slug;
}

/**
 * Earlier names (`formerly`), each as `service/slo`.
 * @example readFormerly(items of "[api/old]", { service: "api", name: "new" }, findings) // ["api/old"]
 */
export function readFormerly(
  items: readonly Located[],
  own: { readonly service: string | null; readonly name: string | null },
  findings: Findings,
): string[] {
  const names: string[] = [];
  for (const item of items) {
    const written = readText(item, findings);
    if (written === null) continue;
    const wrong =
      formerlyMistake(written, own) ?? (names.includes(written) ? "stands there twice" : null);
    if (wrong) findings.error(item, "bad-formerly", wrong);
    else names.push(written);
  }
  return names;
}

function formerlyMistake(
  written: string,
  own: { readonly service: string | null; readonly name: string | null },
): string | null {
  if (written === `${own.service}/${own.name}`) return "is the SLO's present name; take it out";
  const parts = written.split("/");
  if (parts.length === 2 && parts.every(isSlug)) return null;
  const example = `${own.service ?? "service"}/${parts.length === 1 && isSlug(written) ? written : "old-name"}`;
  return `must be an earlier name as service/slo; write ${example}`;
}

/**
 * Those of `names` that the map has.
 * @example present(fields of "{ good: a, total: b }", ["good", "bad"]) // ["good"]
 */
export function present(fields: Fields, names: readonly string[]): string[] {
  return names.filter((name) => fields.get(name) !== null);
}
