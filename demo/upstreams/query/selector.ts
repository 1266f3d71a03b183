import type { SyntaxNode } from "@lezer/common";
import { BadQuery, type Labels } from "#demo/upstreams/query/value.ts";
import { type PromqlTree, textOf } from "#lib/promql/tree.ts";

/** Whether a series is selected. */
export type Selects = (labels: Labels) => boolean;

/** Reads `name{a="b",c!~"d.*"}`. */
export function readSelector(tree: PromqlTree, node: SyntaxNode): Selects {
  const name = node.getChild("Identifier");
  const matchers = node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? [];
  const tests = matchers.map((matcher) => readMatcher(tree, matcher));
  if (name) {
    const text = textOf(tree, name);
    tests.push((labels) => labels.__name__ === text);
  }
  if (tests.length === 0) throw new BadQuery("a selector must name a metric or a label");
  return (labels) => tests.every((test) => test(labels));
}

function readMatcher(tree: PromqlTree, matcher: SyntaxNode): Selects {
  const name = childText(tree, matcher, "LabelName");
  const wanted = unquote(childText(tree, matcher, "StringLiteral"));
  const operator = matcher.getChild("MatchOp")?.firstChild?.name;
  switch (operator) {
    case "EqlSingle":
      return (labels) => (labels[name] ?? "") === wanted;
    case "Neq":
      return (labels) => (labels[name] ?? "") !== wanted;
    case "EqlRegex":
    case "NeqRegex": {
      const pattern = wholePattern(wanted);
      return (labels) => pattern.test(labels[name] ?? "") === (operator === "EqlRegex");
    }
    default:
      throw new BadQuery(`a matcher by ${operator ?? "nothing"} is not known here`);
  }
}

export function wholePattern(source: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    throw new BadQuery(`“${source}” is not a regular expression`);
  }
}

/** A PromQL string as its text; backslashes escape as in JSON. */
export function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("`")) return inner;
  try {
    return JSON.parse(`"${inner.replaceAll("\\'", "'").replaceAll(/(?<!\\)"/g, '\\"')}"`) as string;
  } catch {
    throw new BadQuery(`${literal} has an escape that is not known here`);
  }
}

function childText(tree: PromqlTree, node: SyntaxNode, name: string): string {
  const child = node.getChild(name);
  if (!child) throw new BadQuery(`${textOf(tree, node)} is not a matcher that is known here`);
  return textOf(tree, child);
}
