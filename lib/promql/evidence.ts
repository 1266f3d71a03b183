import type { SyntaxNode } from "@lezer/common";
import { type Matcher, readSelectors, type Selector } from "#lib/promql/selectors.ts";
import { operands, unwrap } from "#lib/promql/syntax.ts";
import { type PromqlTree, parsePromql } from "#lib/promql/tree.ts";

export type Side = "good" | "bad";

/**
 * Which events a query counts, where its selectors say so: those that leave 5xx out or ask for a
 * bucket (`le`) are good, those that ask for 5xx or errors are bad. What the total selects as well
 * says nothing. Null when it cannot be known, or the parts disagree.
 * @example sideOf('sum(rate(x{code=~"5.."}[5m]))', "sum(rate(x[5m]))") // "bad"
 */
export function sideOf(numerator: string, total: string): Side | null {
  const [own, all] = [parsePromql(numerator), parsePromql(total)];
  if ("error" in own || "error" in all) return null;
  return sideOfNode(own.tree, own.tree.root, readSelectors(all.tree, all.tree.root));
}

function sideOfNode(
  tree: PromqlTree,
  wrapped: SyntaxNode,
  total: readonly Selector[],
): Side | null {
  const node = unwrap(wrapped);
  const parts = operands(node);
  if (parts?.operator === "Sub") {
    const left = sideOfNode(tree, parts.left, total);
    const right = sideOfNode(tree, parts.right, total);
    return agreed([left, right && opposite(right)]);
  }
  const sides = readSelectors(tree, node).map((selector) => sideOfSelector(selector, total));
  return agreed(sides);
}

/**
 * The other side.
 * @example opposite("good") // "bad"
 */
export function opposite(side: Side): Side {
  return side === "good" ? "bad" : "good";
}

function agreed(sides: readonly (Side | null)[]): Side | null {
  const known = new Set(sides.filter((side) => side !== null));
  return known.size === 1 ? ([...known][0] ?? null) : null;
}

function sideOfSelector(selector: Selector, total: readonly Selector[]): Side | null {
  const shared = (m: Matcher) =>
    total.some((t) =>
      t.matchers.some((o) => o.label === m.label && o.op === m.op && o.value === m.value),
    );
  const sides = selector.matchers.filter((m) => !shared(m)).map(sideOfMatcher);
  if (!total.some((t) => t.name === selector.name)) sides.push(sideOfName(selector.name));
  return agreed(sides);
}

const BAD_NAME = /(^|_)(errors?|failures?|failed|exceptions?|rejected|dropped)(_|$)/;
const GOOD_NAME = /(^|_)(success|successes|successful|succeeded)(_|$)/;

function sideOfName(name: string): Side | null {
  if (BAD_NAME.test(name)) return "bad";
  return GOOD_NAME.test(name) ? "good" : null;
}

function sideOfMatcher({ label, op, value }: Matcher): Side | null {
  if (label === "le") return op === "=" && !/^\+?Inf$/.test(value) ? "good" : null;
  const side = STATUS_LABEL.test(label) ? sideOfStatuses(value) : sideOfWords(value);
  return side && op.startsWith("!") ? opposite(side) : side;
}

const STATUS_LABEL =
  /^(http_|grpc_|response_|http_response_)*(status|code|status_code|status_class)$/i;

function alternatives(value: string): string[] {
  return value.replaceAll(/[\^$()]|\?:/g, "").split("|");
}

/** 4xx and 5xx are bad, 1xx to 3xx good; a set with 2xx and 4xx still means "not the server's fault". */
function sideOfStatuses(value: string): Side | null {
  const classes = statusesOf(value);
  if (classes === "") return sideOfWords(value);
  if (/^[45]+$/.test(classes)) return "bad";
  return classes.includes("5") ? null : "good";
}

/** The first digits of all statuses that a matcher allows; "" when it is not about numbers. */
function statusesOf(value: string): string {
  const classes = alternatives(value.replaceAll("[^", "[!")).map(statusClasses);
  return classes.includes("") ? "" : classes.join("");
}

/** The first digits that an alternative allows: "5.." → "5", "[45].." → "45", "[!5].." → "1234". */
function statusClasses(alternative: string): string {
  const [, single, inverted, set] = /^(?:([1-5])|\[(!?)([\d-]+)\])/.exec(alternative) ?? [];
  if (single) return single;
  if (!set) return "";
  const [from = "", to = ""] = set.split("-");
  const within = (c: string) => (set.includes("-") ? c >= from && c <= to : set.includes(c));
  return [..."12345"].filter((c) => within(c) !== (inverted === "!")).join("");
}

const BAD_WORDS =
  /^(error|errors|failure|failed|fail|timeout|exception|internal|unavailable|unknown|dataloss|deadlineexceeded|server_error|5xx)$/i;
const GOOD_WORDS = /^(success|successful|succeeded|ok|pass|passed|2xx)$/i;

function sideOfWords(value: string): Side | null {
  const words = alternatives(value);
  if (words.every((word) => BAD_WORDS.test(word))) return "bad";
  return words.every((word) => GOOD_WORDS.test(word)) ? "good" : null;
}

/**
 * Whether a matcher leaves server errors out: `code!~"5.."`, `code=~"2.."`. Leaving only client errors
 * out is common and right.
 * @example excludesServerErrors({ label: "code", op: "!~", value: "4.." }) // false
 */
export function excludesServerErrors(matcher: Matcher): boolean {
  const { label, op, value } = matcher;
  if (!STATUS_LABEL.test(label) || sideOfMatcher(matcher) !== "good") return false;
  const classes = statusesOf(value);
  return op.startsWith("!") ? classes === "" || classes.includes("5") : true;
}
