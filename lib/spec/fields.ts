import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import { nearest } from "#lib/spec/suggest.ts";

/** A map whose fields have been checked: what is asked for is there or null. */
export interface Fields {
  readonly node: Located;
  get(name: string): Located | null;
}

/**
 * Opens a map, reporting fields that it may not have, with what was probably meant, and fields that
 * stand there twice. Null when the node is no map at all.
 * @example openMap(node of "{ onwer: x }", ["owner"], findings) // Fields, and the error "did you mean owner?"
 */
export function openMap(
  node: Located,
  known: readonly string[],
  findings: Findings,
): Fields | null {
  if (node.kind !== "map") return wrongKind(node, "a map of fields", findings);
  for (const key of node.repeated) {
    findings.error(key, "repeated-field", "stands there twice; keep one of them");
  }
  for (const [name, { key }] of node.entries) {
    if (known.includes(name)) continue;
    findings.error(key, "unknown-field", unknownField(name, known));
  }
  return { node, get: (name) => node.entries.get(name)?.value ?? null };
}

function unknownField(name: string, known: readonly string[]): string {
  if (name === "<<") return "merge keys (<<) are not part of YAML 1.2; write the fields out";
  const meant = nearest(name, known);
  if (meant) return `is not a known field; did you mean ${meant}?`;
  return `is not a known field; known here: ${known.join(", ")}`;
}

/**
 * The field, or an error at the map that lacks it. `write` shows how it is written.
 * @example requireField(fields, "target", { write: "target: 0.995", findings }) // null and an error when absent
 */
export function requireField(
  fields: Fields,
  name: string,
  write: { write: string; findings: Findings },
): Located | null {
  const node = fields.get(name);
  if (node) return node;
  const { line, column, path } = fields.node;
  const at = { line, column, path: path === "" ? name : `${path}.${name}` };
  return write.findings.error(at, "missing-field", `is missing; write ${write.write}`);
}

/**
 * A text with something in it, trimmed. Null, without a word, when the field is absent.
 * @example readText(node of "' a '", findings) // "a"
 */
export function readText(node: Located | null, findings: Findings): string | null {
  if (node === null) return null;
  if (node.kind !== "text") return wrongKind(node, "a text", findings);
  const text = node.value.trim();
  return text === "" ? findings.error(node, "empty-field", EMPTY) : text;
}

/**
 * A text for people, trimmed; an empty one is as good as none.
 * @example readNote(node of "''", findings) // null
 */
export function readNote(node: Located | null, findings: Findings): string | null {
  if (node?.kind === "text" && node.value.trim() === "") return null;
  return readText(node, findings);
}

/**
 * A finite number, not a number in quotes.
 * @example readNumber(node of "'5'", findings) // null, and an error
 */
export function readNumber(node: Located | null, findings: Findings): number | null {
  if (node === null) return null;
  if (node.kind === "text" && /^\s*[-+]?[\d.]+\s*$/.test(node.value)) {
    const message = `must be a number, got the text ${describe(node)}; take the quotes away`;
    return findings.error(node, "wrong-type", message);
  }
  if (node.kind !== "number") return wrongKind(node, "a number", findings);
  if (Number.isFinite(node.value)) return node.value;
  return findings.error(node, "wrong-type", `must be a finite number, got ${describe(node)}`);
}

/**
 * `true` or `false`.
 * @example readBoolean(node of "no", findings) // null, and an error: YAML 1.2 reads a text
 */
export function readBoolean(node: Located | null, findings: Findings): boolean | null {
  if (node === null) return null;
  return node.kind === "boolean" ? node.value : wrongKind(node, "true or false", findings);
}

/**
 * The items of a list.
 * @example readList(node of "[a]", findings)?.length // 1
 */
export function readList(node: Located | null, findings: Findings): readonly Located[] | null {
  if (node === null) return null;
  return node.kind === "list"
    ? node.items
    : wrongKind(node, "a list (lines that begin with “- ”)", findings);
}

const EMPTY = "is empty; give it a value or take the line out";

/**
 * Says that a value is of the wrong kind, or why it could not be read at all.
 * @example wrongKind(node of "5", "a text", findings) // null, and "must be a text, got 5"
 */
export function wrongKind(node: Located, wanted: string, findings: Findings): null {
  if (node.kind === "broken") return findings.error(node, node.code, node.problem);
  if (node.kind === "empty") return findings.error(node, "empty-field", EMPTY);
  return findings.error(node, "wrong-type", `must be ${wanted}, got ${describe(node)}`);
}
