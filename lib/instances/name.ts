import { isSlug, slugOf } from "#lib/spec/names.ts";

/** A value of each label that an SLO is grouped by. */
export type InstanceLabels = Readonly<Record<string, string>>;

/** No name that a document may give holds it, so instances never take another SLO's name. */
const MARK = "@";
const LONGEST = 60;

/**
 * The name of the instance of an SLO, fit for addresses; label values that are not so by themselves
 * are shortened, and told apart by a few letters that follow from them.
 * @example instanceName("latency", { handler: "pay" }) // "latency@pay"
 */
export function instanceName(slo: string, labels: InstanceLabels): string {
  const values = Object.keys(labels)
    .sort()
    .map((label) => labels[label] ?? "");
  const parts = values.map((value) => slugOf(value.slice(0, LONGEST)) ?? "none");
  const exact = parts.every((part, i) => part === values[i]) && parts.length === 1;
  const name = `${slo}${MARK}${parts.join("-").slice(0, LONGEST)}`;
  return exact ? name : `${name}.${lettersOf(values)}`;
}

/**
 * Whether a text may be the name of an SLO: one of a document, or of an instance.
 * @example isSloName("latency@pay") // true
 */
export function isSloName(text: string): boolean {
  const [slo = "", labels, more] = text.split(MARK);
  return more === undefined && isSlug(slo) && (labels === undefined || /^[\w.-]+$/.test(labels));
}

/**
 * Label values as people write them in PromQL, sorted by label.
 * @example labelsText({ handler: "/pay" }) // 'handler="/pay"'
 */
export function labelsText(labels: InstanceLabels): string {
  return Object.keys(labels)
    .sort()
    .map((label) => `${label}=${JSON.stringify(labels[label])}`)
    .join(", ");
}

/**
 * Reads what `?instance=` says: `label=value`, several with commas; quotes may stand around a value.
 * Null for what is none.
 * @example readLabels("handler=/pay,method=POST") // { handler: "/pay", method: "POST" }
 */
export function readLabels(text: string): InstanceLabels | null {
  const labels: Record<string, string> = {};
  for (const [, label, quoted, bare] of text.matchAll(PAIR)) {
    const value = quoted === undefined ? (bare ?? "") : unquoted(quoted);
    if (label === undefined || value === null || Object.hasOwn(labels, label)) return null;
    labels[label] = value;
  }
  const isWhole = text.replaceAll(PAIR, "").trim() === "" && Object.keys(labels).length > 0;
  return isWhole ? labels : null;
}

const PAIR = /\s*([a-zA-Z_]\w*)=(?:("(?:[^"\\]|\\.)*")|([^,"]*))(?:,|$)/g;

/** Quoted as `labelsText` does it. */
function unquoted(text: string): string | null {
  try {
    return String(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Whether these are values of the labels of this grouping, and of no earlier one.
 * @example isGroupedBy({ handler: "/pay" }, ["handler"]) // true
 */
export function isGroupedBy(labels: InstanceLabels, grouping: readonly string[]): boolean {
  const names = Object.keys(labels);
  return names.length === grouping.length && grouping.every((label) => names.includes(label));
}

/** Thirty bits of FNV-1a: two of fifty sets meet once in a million. */
function lettersOf(values: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const char of JSON.stringify(values)) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return (hash >>> 2).toString(36).padStart(6, "0");
}
