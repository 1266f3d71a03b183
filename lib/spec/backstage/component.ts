import { type Entity, openFree } from "#lib/spec/backstage/entity.ts";
import { readUrl } from "#lib/spec/details.ts";
import { readList, readNote, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { Place } from "#lib/spec/model.ts";
import { readTeam } from "#lib/spec/names.ts";

/** A Component of a Backstage catalog. */
export interface CatalogService {
  readonly name: string;
  /** Null when a person owns it. */
  readonly team: string | null;
  readonly system: string | null;
  readonly description: string | null;
  readonly repository: { readonly owner: string; readonly name: string } | null;
  readonly links: readonly CatalogLink[];
  readonly place: Place;
}

export interface CatalogLink {
  readonly url: string;
  readonly title: string | null;
}

/** Nothing of these kinds is delivered to somebody. */
const NO_SERVICE = /^(library|documentation|template)$/i;

/**
 * A Component as a service; null when its type is not one that runs (library, documentation).
 * @example readComponent(entity)?.repository // { owner: "myorg", name: "checkout" }
 */
export function readComponent(entity: Entity): CatalogService | null {
  const { name, node, metadata, spec, findings } = entity;
  const type = readText(spec.get("type"), findings);
  const ownerNode = requireField(spec, "owner", { write: "owner: the-team", findings });
  const team = readOwner(ownerNode, findings);
  const said = {
    system: readReference(spec.get("system"), findings),
    description: readNote(metadata.get("description"), findings),
    repository: readRepository(metadata.get("annotations"), findings),
    links: (readList(metadata.get("links"), findings) ?? []).flatMap(
      (item) => readLink(item, findings) ?? [],
    ),
  };
  if (name === null || (type !== null && NO_SERVICE.test(type))) return null;
  const { line, column, path } = node;
  return { name, team, ...said, place: { file: findings.file, line, column, path } };
}

function readOwner(node: Located | null, findings: Findings): string | null {
  if (node?.kind === "text" && /^user:/i.test(node.value.trim())) {
    findings.loss(node, "not-carried", "a person owns it, so it belongs to no team");
    return null;
  }
  return readTeam(node && withoutNamespace(node), findings);
}

/** Elsewhere a slash in a team's name is a slip; a catalog's reference may have its namespace before it. */
function withoutNamespace(node: Located): Located {
  if (node.kind !== "text") return node;
  return { ...node, value: node.value.trim().replace(/^(group:)?[^/:]*\/(?=.)/i, "") };
}

/** `system:default/shop` and `shop` are the same. */
function readReference(node: Located | null, findings: Findings): string | null {
  const text = readText(node, findings);
  return text === null ? null : text.replace(/^[a-z]+:/i, "").replace(/^[^/]*\//, "");
}

const SLUG = "github.com/project-slug";

function readRepository(
  annotations: Located | null,
  findings: Findings,
): CatalogService["repository"] {
  const node = openFree(annotations, findings)?.get(SLUG) ?? null;
  const text = readText(node, findings);
  if (text === null || node === null) return null;
  const [, owner, name] = /^([\w.-]+)\/((?!\.\.?$)[\w.-]+)$/.exec(text) ?? [];
  if (owner && name) return { owner, name };
  const message = `must be the repository as owner/name, got ${describe(node)}`;
  return findings.error(node, "bad-name", message);
}

function readLink(item: Located, findings: Findings): CatalogLink | null {
  const fields = openFree(item, findings);
  if (!fields) return null;
  const write = { write: "url: https://…", findings };
  const url = readUrl(requireField(fields, "url", write), findings);
  const title = readNote(fields.get("title"), findings);
  return url === null ? null : { url, title };
}
