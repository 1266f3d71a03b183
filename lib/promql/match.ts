import type { SyntaxNode } from "@lezer/common";
import { findAll, type PromqlTree, parsePromql, textOf } from "#lib/promql/tree.ts";

/**
 * A query whose every selector asks for these label values too. Null when it is not PromQL.
 * @example withLabels('sum(rate(x{job="a"}[5m]))', { path: "/" }) // 'sum(rate(x{job="a",path="/"}[5m]))'
 */
export function withLabels(query: string, labels: Readonly<Record<string, string>>): string | null {
  const parsed = parsePromql(query);
  if ("error" in parsed) return null;
  const { tree } = parsed;
  const wanted = Object.entries(labels).map(([label, value]) => `${label}=${quoted(value)}`);
  let text = query;
  // From the end on, so that earlier places stay what they are.
  for (const node of findAll(tree.root, "VectorSelector").toReversed()) {
    const { at, insert } = insertionFor(tree, node, wanted.join(","));
    text = text.slice(0, at) + insert + text.slice(at);
  }
  return text;
}

function insertionFor(tree: PromqlTree, node: SyntaxNode, wanted: string) {
  const matchers = node.getChild("LabelMatchers");
  if (!matchers) return { at: node.getChild("Identifier")?.to ?? node.to, insert: `{${wanted}}` };
  const inner = textOf(tree, matchers).slice(1, -1).trim();
  const comma = inner === "" || inner.endsWith(",") ? "" : ",";
  return { at: matchers.to - 1, insert: `${comma}${wanted}` };
}

function quoted(value: string): string {
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
