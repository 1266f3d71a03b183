import type { SyntaxNode } from "@lezer/common";
import { BadQuery, type Value } from "#demo/upstreams/query/value.ts";
import type { Recording } from "#demo/upstreams/recording.ts";
import { type PromqlTree, textOf } from "#lib/promql/tree.ts";
import { parseDuration } from "#lib/time/duration.ts";

/** What is evaluated, on what, and for when. */
export interface Evaluation {
  readonly recording: Recording;
  readonly tree: PromqlTree;
  /** Ascending, epoch ms. */
  readonly times: readonly number[];
  /** The worth of a part of the query, at these times or at others. */
  readonly worth: (node: SyntaxNode, times?: readonly number[]) => Value;
}

export function offsetOf(tree: PromqlTree, node: SyntaxNode): number {
  const written = node.getChild("OffsetDurationExpr");
  const text = written ? textOf(tree, written).replaceAll(/\s/g, "") : "";
  const ms = durationMs(text.replace(/^-/, ""));
  return text.startsWith("-") ? -ms : ms;
}

export function durationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw new BadQuery(`“${text}” is not a duration`);
  return ms;
}

export function childOf(at: Evaluation, node: SyntaxNode): SyntaxNode {
  if (!node.firstChild) throw notKnown(at.tree, node);
  return node.firstChild;
}

export function notKnown(tree: PromqlTree, node: SyntaxNode): BadQuery {
  const text = textOf(tree, node).slice(0, 80);
  return new BadQuery(`the demo's stand-in does not evaluate ${node.name}: ${text}`);
}
