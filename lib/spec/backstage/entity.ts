import { type Fields, readText, requireField, wrongKind } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import { readName } from "#lib/spec/names.ts";

export type EntityKind = "Component" | "Group";

/** One entity of a catalog, of a kind that matters here. */
export interface Entity {
  readonly kind: EntityKind;
  readonly name: string | null;
  readonly node: Located;
  readonly metadata: Fields;
  readonly spec: Fields;
  readonly findings: Findings;
  readonly whole: boolean;
}

const VERSION = /^backstage\.io\/v1(alpha1|beta1)?$/;
const KINDS: readonly EntityKind[] = ["Component", "Group"];
const SPECS: Readonly<Record<EntityKind, string>> = {
  Component: "with an owner",
  Group: "with a type",
};

/**
 * Opens an entity; null for other kinds (API, System, User and whatever a company adds) and for what
 * is none. Fields that are not known here are somebody else's and left alone.
 * @example openEntity(node of "{ apiVersion: backstage.io/v1alpha1, kind: API }", findings) // null
 */
export function openEntity(node: Located, findings: Findings): Entity | null {
  const before = findings.errors;
  const top = openFree(node, findings);
  if (!top) return null;
  const version = readText(
    required(top, "apiVersion", "backstage.io/v1alpha1", findings),
    findings,
  );
  const written = readText(required(top, "kind", "Component", findings), findings);
  const at = top.get("apiVersion");
  // Kinds of other families have versions of their own.
  const kind = KINDS.find((name) => name === written);
  if (!kind || version === null || at === null) return null;
  if (!VERSION.test(version)) {
    const message = `must be backstage.io/v1alpha1 for a ${kind}, got ${describe(at)}`;
    return findings.error(at, "not-supported", message);
  }
  const metadata = openFree(required(top, "metadata", "with a name", findings), findings);
  const spec = openFree(required(top, "spec", SPECS[kind], findings), findings);
  if (!metadata || !spec) return null;
  const name = readName(required(metadata, "name", "its-name", findings), findings);
  return { kind, name, node, metadata, spec, findings, whole: findings.errors === before };
}

function required(fields: Fields, name: string, example: string, findings: Findings) {
  return requireField(fields, name, { write: `${name}: ${example}`, findings });
}

/**
 * A map in which unknown fields may stand.
 * @example openFree(node of "{ a: 1 }", findings)?.get("b") // null
 */
export function openFree(node: Located | null, findings: Findings): Fields | null {
  if (node === null) return null;
  if (node.kind !== "map") return wrongKind(node, "a map of fields", findings);
  for (const key of node.repeated) {
    findings.error(key, "repeated-field", "stands there twice; keep one of them");
  }
  return { node, get: (name) => node.entries.get(name)?.value ?? null };
}
