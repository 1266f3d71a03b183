import { wrongKind } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Key, Located } from "#lib/spec/located.ts";
import { readTeam } from "#lib/spec/names.ts";

/** By custom one of these labels names the team. */
export const TEAM_LABELS: readonly string[] = ["team", "owner"];

const PROMETHEUS_NAME = /^(?!__)[a-zA-Z_]\w*$/;

/**
 * Labels of a Kubernetes-like resource as Prometheus labels: names are rewritten where they must be,
 * lists of values joined by commas; what was changed is told. A `prefix` of names is left out.
 * @example readResourceLabels(node of "{ tier-1: [a, b] }", findings) // { tier_1: "a,b" }, and a note
 */
export function readResourceLabels(
  node: Located | null,
  findings: Findings,
  prefix = "",
): Record<string, string> {
  if (node === null) return {};
  if (node.kind !== "map") {
    wrongKind(node, "a map of labels", findings);
    return {};
  }
  for (const key of node.repeated) {
    findings.error(key, "repeated-field", "stands there twice; keep one of them");
  }
  const labels = [...node.entries].flatMap(([name, { key, value }]): [string, string][] => {
    const bare = name.startsWith(prefix) ? name.slice(prefix.length) : name;
    const label = labelName(bare, key, findings);
    const text = labelText(value, findings);
    return label === null || text === null ? [] : [[label, text]];
  });
  return Object.fromEntries(labels);
}

function labelName(name: string, key: Key, findings: Findings): string | null {
  if (PROMETHEUS_NAME.test(name)) return name;
  const plain = name.replaceAll(/[^a-zA-Z0-9_]/g, "_").replace(/^_+|^(?=\d)/, "_");
  if (!PROMETHEUS_NAME.test(plain)) {
    return findings.error(key, "bad-label", "must hold a letter or digit, as in team");
  }
  findings.loss(key, "label-renamed", `the label is carried as ${plain}, as Prometheus needs it`);
  return plain;
}

function labelText(node: Located, findings: Findings): string | null {
  if (node.kind === "text") return node.value;
  if (node.kind === "number") return node.written;
  if (node.kind === "boolean") return String(node.value);
  if (node.kind !== "list") return wrongKind(node, "a text or a list of texts", findings);
  const texts = node.items.map((item) => labelText(item, findings));
  findings.loss(node, "label-renamed", "the values are carried as one text with commas");
  return texts.every((text) => text !== null) ? texts.join(",") : null;
}

/**
 * The team by custom: the first of these labels that is a text; null when there is none.
 * @example readTeamLabel(node of "{ owner: shop }", ["team", "owner"], findings) // "shop"
 */
export function readTeamLabel(
  labels: Located | null,
  names: readonly string[],
  findings: Findings,
): string | null {
  if (labels?.kind !== "map") return null;
  const nodes = names.map((name) => labels.entries.get(name)?.value);
  const node = nodes.find((value) => value?.kind === "text");
  return node ? readTeam(node, findings) : null;
}

/**
 * A map that is only checked to be one: annotations, connection details. Its content is not carried over.
 * @example readIgnoredMap(node of "{ a: 1 }", findings) // true: there is something in it
 */
export function readIgnoredMap(node: Located | null, findings: Findings): boolean {
  if (node === null || node.kind === "empty") return false;
  if (node.kind === "map") return node.entries.size > 0;
  wrongKind(node, "a map of fields", findings);
  return false;
}
