import { readText, wrongKind } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { AlertingOptions } from "#lib/spec/model.ts";
import { isSlug } from "#lib/spec/names.ts";

/** A burn-rate tier needs this many bad events in its long window before it fires. */
const MIN_BAD_EVENTS = 5;

/**
 * What is alerted on unless the document says otherwise; minutes need no minimum.
 * @example defaultAlerting("threshold").minBadEvents // 0
 */
export function defaultAlerting(kind: "events" | "threshold" | "ratio"): AlertingOptions {
  return { minBadEvents: kind === "events" ? MIN_BAD_EVENTS : 0, page: true, ticket: true };
}

/**
 * Labels as texts; numbers and booleans are taken as written.
 * @example readLabels(node of "{ tier: 1 }", findings) // { tier: "1" }
 */
export function readLabels(node: Located | null, findings: Findings): Record<string, string> {
  if (node === null) return {};
  if (node.kind !== "map") {
    wrongKind(node, "a map of labels", findings);
    return {};
  }
  for (const key of node.repeated) {
    findings.error(key, "repeated-field", "stands there twice; keep one of them");
  }
  const labels: [string, string][] = [];
  for (const [name, { key, value }] of node.entries) {
    if (!/^[a-zA-Z_]\w*$/.test(name) || name.startsWith("__"))
      findings.error(key, "bad-label", BAD_LABEL);
    const text = readLabel(value, findings);
    if (text !== null) labels.push([name, text]);
  }
  return Object.fromEntries(labels);
}

const BAD_LABEL =
  "must be a label name: letters, digits and underscores, not beginning with a digit or “__”";

function readLabel(node: Located, findings: Findings): string | null {
  if (node.kind === "text") return node.value;
  if (node.kind === "number") return node.written;
  if (node.kind === "boolean") return String(node.value);
  return wrongKind(node, "a text", findings);
}

/**
 * An http(s) address; anything else would become a link that does something else.
 * @example readUrl(node of "javascript:x", findings) // null, and an error
 */
export function readUrl(node: Located | null, findings: Findings): string | null {
  const text = readText(node, findings);
  if (text === null || node === null) return null;
  if (/^https?:\/\/[^\s/]+/.test(text) && URL.canParse(text)) return text;
  const message = `must be an address that begins with https:// or http://, got ${describe(node)}`;
  return findings.error(node, "bad-url", message);
}

/**
 * The name of a Prometheus source of the configuration.
 * @example readDatasource(null, findings) // null: the first source
 */
export function readDatasource(node: Located | null, findings: Findings): string | null {
  const name = readText(node, findings);
  if (name === null || node === null || isSlug(name)) return name;
  const message = `must be the name of a Prometheus source in plimsoll.yaml, got ${describe(node)}`;
  return findings.error(node, "bad-name", message);
}
