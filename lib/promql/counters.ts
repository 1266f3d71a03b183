import type { SyntaxNode } from "@lezer/common";
import { argumentsOf, nameOfCall } from "#lib/promql/syntax.ts";
import { findAll, type PromqlTree, textOf } from "#lib/promql/tree.ts";
import { parseDuration } from "#lib/time/duration.ts";

/** A call in a query that turns samples into events: where it stands and what it reads. */
export interface Counter {
  /** `growth`: rate, irate, increase. `samples`: sum_over_time, count_over_time of a 0/1 gauge. */
  readonly kind: "growth" | "samples";
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Without range and offset: `http_requests_total{job="api"}`. */
  readonly selector: string;
  /** How far back the author looks; may be negative. */
  readonly offsetMs: number;
  /** Reads native histograms: a `histogram_…()` function stands above it. */
  readonly native: boolean;
}

/** A call that gives events of native histograms as a number: where it stands. */
export interface NativeCount {
  readonly from: number;
  readonly to: number;
}

export type Counters =
  | {
      readonly counters: readonly Counter[];
      readonly nativeCounts: readonly NativeCount[];
      readonly additive: boolean;
      readonly always: boolean;
    }
  | { readonly error: string };

const KINDS: Readonly<Record<string, Counter["kind"]>> = {
  rate: "growth",
  irate: "growth",
  increase: "growth",
  sum_over_time: "samples",
  count_over_time: "samples",
};

/**
 * The calls of a query that count something, in source order, or one sentence that says why its
 * events cannot be counted. `additive`: sums and arithmetic alone stand above them, so that a NaN in
 * one shows in the result. `always`: the query may answer although nothing was scraped (`or vector(0)`).
 * @example readCounters(tree of "sum(rate(x[5m]))") // { counters: [{ selector: "x", … }], additive: true, … }
 */
export function readCounters(tree: PromqlTree): Counters {
  const counters: Counter[] = [];
  const calls = findAll(tree.root, "FunctionCall");
  for (const call of calls) {
    const read = readCall(tree, call);
    if (read && "error" in read) return read;
    if (read) counters.push(read);
  }
  if (counters.length === 0) return { error: NOTHING_COUNTED };
  const additive = calls.every((call) => !isCounter(tree, call) || isAdditive(tree.root, call));
  const nativeCounts = counters.length === 0 ? [] : nativeCountsOf(tree, calls, counters);
  return { counters, nativeCounts, additive, always: findAll(tree.root, "Or").length > 0 };
}

const NATIVE = /^histogram_(count|sum|fraction)$/;

function nativeCountsOf(
  tree: PromqlTree,
  calls: readonly SyntaxNode[],
  counters: readonly Counter[],
): NativeCount[] {
  return calls
    .filter((call) => /^histogram_(count|sum)$/.test(nameOfCall(tree, call)))
    .filter(({ from, to }) => counters.some((c) => from < c.from && c.to < to))
    .map(({ from, to }) => ({ from, to }));
}

function isNative(tree: PromqlTree, call: SyntaxNode): boolean {
  for (let node = call.parent; node; node = node.parent) {
    if (node.name === "FunctionCall" && NATIVE.test(nameOfCall(tree, node))) return true;
  }
  return false;
}

const NOTHING_COUNTED =
  "there is no rate() or increase() of a counter in the query, so its events cannot be counted; " +
  "write for example sum(rate(http_requests_total[5m])), or give the SLI as a threshold";

function isCounter(tree: PromqlTree, call: SyntaxNode): boolean {
  return KINDS[nameOfCall(tree, call)] !== undefined;
}

function readCall(tree: PromqlTree, call: SyntaxNode): Counter | { error: string } | null {
  const name = nameOfCall(tree, call);
  const kind = KINDS[name];
  const [argument] = argumentsOf(call);
  if (!kind || !argument) return null;
  const read = readRange(tree, argument, name);
  if ("error" in read) return read;
  return { kind, name, from: call.from, to: call.to, native: isNative(tree, call), ...read };
}

const EDGED = new Set(["AnchoredExpr", "SmoothedExpr"]);

function readRange(
  tree: PromqlTree,
  node: SyntaxNode,
  name: string,
): { selector: string; offsetMs: number } | { error: string } {
  if (node.name === "OffsetExpr") return readOffset(tree, node, name);
  // How a range meets its edges: each minute is counted to its own edges anyway.
  if (EDGED.has(node.name) && node.firstChild) return readRange(tree, node.firstChild, name);
  if (node.name === "StepInvariantExpr")
    return {
      error: `${name}() is fixed to one time by “@”; take the “@” away, minutes are counted`,
    };
  const selector = node.name === "MatrixSelector" ? node.firstChild : null;
  if (!selector)
    return { error: `${name}() must read a counter, like ${name}(x[5m]), not a subquery` };
  return { selector: textOf(tree, selector), offsetMs: 0 };
}

function readOffset(tree: PromqlTree, node: SyntaxNode, name: string) {
  const inner = node.firstChild;
  const written = node.getChild("OffsetDurationExpr");
  const text = written ? textOf(tree, written).replaceAll(/\s/g, "") : "";
  const ms = parseDuration(text.replace(/^-/, ""));
  if (!inner || ms === null)
    return { error: `the offset “${text}” in ${name}() is not a duration` };
  const read = readRange(tree, inner, name);
  return "error" in read ? read : { ...read, offsetMs: text.startsWith("-") ? -ms : ms };
}

const TRANSPARENT = new Set(["ParenExpr", "UnaryExpr", "FunctionCallBody", "PromQL"]);
const ARITHMETIC = ["Add", "Sub", "Mul", "Div", "Or"];

/** Whether only sums and arithmetic stand between a node and the root. */
function isAdditive(root: SyntaxNode, call: SyntaxNode): boolean {
  for (let node = call.parent; node && node.to - node.from <= root.to - root.from; ) {
    if (!keepsNaN(node)) return false;
    node = node.parent;
  }
  return true;
}

function keepsNaN(node: SyntaxNode): boolean {
  if (node.name === "AggregateExpr") return node.getChild("AggregateOp")?.getChild("Sum") != null;
  if (node.name === "BinaryExpr") return ARITHMETIC.some((name) => node.getChild(name));
  return TRANSPARENT.has(node.name);
}
