import type { SyntaxNode } from "@lezer/common";
import { findAll, type PromqlTree, textOf } from "#lib/promql/tree.ts";

export interface Matcher {
  readonly label: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** One selector of series: `name{label="value"}`; the name is "" when it is not written. */
export interface Selector {
  readonly name: string;
  readonly matchers: readonly Matcher[];
}

/**
 * The selectors below a node, in source order. `{__name__="x"}` and `{"x"}` count as the name x.
 * @example readSelectors(tree, node of 'rate(x{job="a"}[5m])') // [{ name: "x", matchers: [{ label: "job", op: "=", value: "a" }] }]
 */
export function readSelectors(tree: PromqlTree, root: SyntaxNode): Selector[] {
  return findAll(root, "VectorSelector").map((node) => {
    const all = [...findAll(node, "UnquotedLabelMatcher"), ...findAll(node, "QuotedLabelMatcher")];
    const matchers = all.map((matcher) => readMatcher(tree, matcher));
    const identifier = node.getChild("Identifier");
    const quoted = node.getChild("LabelMatchers")?.getChild("QuotedLabelName");
    const byLabel = matchers.find((m) => m.label === "__name__" && m.op === "=")?.value;
    const name = identifier ? textOf(tree, identifier) : quoted && unquote(textOf(tree, quoted));
    return {
      name: name || byLabel || "",
      matchers: matchers.filter((m) => m.label !== "__name__"),
    };
  });
}

function readMatcher(tree: PromqlTree, node: SyntaxNode): Matcher {
  const [first, last] = [node.firstChild, node.lastChild];
  const op = node.getChild("MatchOp");
  return {
    label: first ? unquote(textOf(tree, first)) : "",
    op: (op ? textOf(tree, op) : "=") as Matcher["op"],
    value: last ? unquote(textOf(tree, last)) : "",
  };
}

/** The text of a PromQL string: back-quoted as it is, else with `\\` and quotes unescaped. */
function unquote(text: string): string {
  if (!/^["'`]/.test(text)) return text;
  const inner = text.slice(1, -1);
  return text.startsWith("`") ? inner : inner.replaceAll(/\\(["'\\])/g, "$1");
}
