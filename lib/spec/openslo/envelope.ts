import { type Fields, openMap, readNote, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import { readIgnoredMap, readResourceLabels } from "#lib/spec/metadata.ts";
import { readName } from "#lib/spec/names.ts";
import { OPENSLO_KINDS, type OpenSloKind } from "#lib/spec/openslo/kinds.ts";

/** What every object has around its `spec`. */
export interface Envelope {
  readonly node: Located;
  readonly kind: OpenSloKind;
  readonly name: string | null;
  readonly displayName: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly labelsNode: Located | null;
  readonly spec: Located | null;
  /** What stands around `spec` has no mistake. */
  readonly whole: boolean;
}

const MAX_DESCRIPTION = 1050;

/**
 * Opens a whole document.
 * @example readEnvelope(node of "kind: SLI …", findings)?.kind // "SLI"
 */
export function readEnvelope(node: Located, findings: Findings): Envelope | null {
  const before = findings.errors;
  const fields = openMap(node, ["apiVersion", "kind", "metadata", "spec"], findings);
  return fields && readRest(fields, { kind: kindOf(fields), before }, findings);
}

/**
 * Opens an object that stands inside another one, where `apiVersion` and `kind` may be left out.
 * @example readInline(node of "{ metadata: { name: x }, spec: {} }", "SLI", findings)?.name // "x"
 */
export function readInline(node: Located, kind: OpenSloKind, findings: Findings): Envelope | null {
  const before = findings.errors;
  const fields = openMap(node, ["apiVersion", "kind", "metadata", "spec"], findings);
  if (!fields) return null;
  const said = fields.get("kind");
  if (said && readText(said, findings) !== kind && said.kind === "text") {
    findings.error(said, "wrong-type", `must be ${kind} at this place, got ${describe(said)}`);
  }
  const version = fields.get("apiVersion");
  if (version && readText(version, findings) !== "openslo/v1" && version.kind === "text") {
    findings.error(version, "wrong-type", `must be openslo/v1, got ${describe(version)}`);
  }
  return readRest(fields, { kind, before }, findings);
}

function kindOf(fields: Fields): OpenSloKind {
  const node = fields.get("kind");
  const written = node?.kind === "text" ? node.value : null;
  return OPENSLO_KINDS.find((kind) => kind === written) ?? "SLO";
}

function readRest(
  fields: Fields,
  { kind, before }: { readonly kind: OpenSloKind; readonly before: number },
  findings: Findings,
): Envelope {
  const write = { write: "metadata: with a name", findings };
  const node = requireField(fields, "metadata", write);
  const known = ["name", "displayName", "labels", "annotations"];
  const metadata = node && openMap(node, known, findings);
  const name = metadata && requireField(metadata, "name", { write: "name: its-name", findings });
  const annotations = metadata?.get("annotations") ?? null;
  if (annotations && readIgnoredMap(annotations, findings)) {
    findings.loss(annotations, "not-carried", "annotations are not carried over");
  }
  const labelsNode = metadata?.get("labels") ?? null;
  const said = {
    ...{ node: fields.node, kind, labelsNode },
    name: readName(name, findings),
    displayName: readNote(metadata?.get("displayName") ?? null, findings),
    labels: readResourceLabels(labelsNode, findings),
    spec: requireField(fields, "spec", { write: `spec: with what the ${kind} says`, findings }),
  };
  return { ...said, whole: findings.errors === before };
}

/**
 * A description, at most 1050 characters as the specification has it; null when absent or empty.
 * @example readDescription(node of "'a'", findings) // "a"
 */
export function readDescription(node: Located | null, findings: Findings): string | null {
  const text = readNote(node, findings);
  if (text === null || node === null || text.length <= MAX_DESCRIPTION) return text;
  const message = `has ${text.length} characters, at most ${MAX_DESCRIPTION} are allowed; shorten it`;
  return findings.error(node, "too-long", message);
}
