import { type InstanceLabels, isGroupedBy } from "#lib/instances/name.ts";
import { findAll, parsePromql, textOf } from "#lib/promql/tree.ts";
import type { SliDefinition } from "#lib/spec/model.ts";

/** So many label sets of an SLO are told apart; each is an SLO of its own to collect. */
export const MOST_INSTANCES = 50;

/** What finds the label sets of a grouped SLI: those of all its events, and of the others it names. */
export interface SetQueries {
  readonly all: string;
  /** Of the good or bad events; null where the SLI has one query only. */
  readonly some: string | null;
}

/**
 * PromQL that gives one series for each label set that there is now: it reads one sample of each series,
 * so it may be asked often. Null where a query has no selector.
 * @example setQueries(sli, ["handler"])?.all // "count by (handler) (x)"
 */
export function setQueries(sli: SliDefinition, grouping: readonly string[]): SetQueries | null {
  if (sli.kind !== "events") {
    const all = setQuery(sli.query, grouping);
    return all === null ? null : { all, some: null };
  }
  const [all, some] = [setQuery(sli.total, grouping), setQuery(sli.numerator, grouping)];
  return all === null || some === null ? null : { all, some };
}

function setQuery(query: string, grouping: readonly string[]): string | null {
  const parsed = parsePromql(query);
  if ("error" in parsed) return null;
  const selector = findAll(parsed.tree.root, "VectorSelector")[0];
  if (!selector) return null;
  const series = textOf(parsed.tree, selector);
  return `count by (${grouping.join(", ")}) (${series})`;
}

/** The label sets that are seen and told apart, or why none can be; `found` counts the others, too, and those that are gone. */
export type ChosenSets =
  | { readonly sets: readonly InstanceLabels[]; readonly found: number }
  | { readonly problem: string };

interface Seen {
  readonly grouping: readonly string[];
  /** Series as the server gave them. */
  readonly all: readonly InstanceLabels[];
  readonly some: readonly InstanceLabels[] | null;
  /** Label sets that were told apart before: they go first, so that none comes and goes. */
  readonly known: readonly InstanceLabels[];
}

/**
 * Which label sets become instances: those known before, then new ones in alphabetical order while
 * there are fewer than `MOST_INSTANCES`, those that are gone included. None where a label stands in
 * all events but not in the good or bad ones: each set would look as if nothing ever failed.
 * @example chooseSets({ grouping: ["handler"], all: [{ handler: "/" }], some: [], known: [] }) // { sets: [{ handler: "/" }], found: 1 }
 */
export function chooseSets({ grouping, all, some, known }: Seen): ChosenSets {
  const lost = grouping.find(
    (label) => has(all, label) && some !== null && some.length > 0 && !has(some, label),
  );
  if (lost !== undefined) return { problem: lostLabel(lost) };
  const present = all.map((series) => labelsOf(series, grouping)).filter(isStorable);
  const own = new Set(known.filter((labels) => isGroupedBy(labels, grouping)).map(keyOf));
  const seen = present.filter((labels) => own.has(keyOf(labels)));
  const others = present
    .filter((labels) => !own.has(keyOf(labels)))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  // Those that are gone are collected and judged until their window has passed: they keep their places.
  const free = Math.max(0, MOST_INSTANCES - own.size);
  return { sets: [...seen, ...others.slice(0, free)], found: own.size + others.length };
}

function lostLabel(label: string): string {
  return `the label ${label} stands in all events and not in those that tell good from bad, so label sets cannot be told apart`;
}

function has(series: readonly InstanceLabels[], label: string): boolean {
  return series.some((labels) => (labels[label] ?? "") !== "");
}

/** Databases keep no such text, and one label set must not stop the others. */
function isStorable(labels: InstanceLabels): boolean {
  return Object.values(labels).every((value) => value.isWellFormed() && !value.includes("\0"));
}

/** A label that a series does not have is the same as an empty one. */
function labelsOf(series: InstanceLabels, grouping: readonly string[]): InstanceLabels {
  return Object.fromEntries(grouping.toSorted().map((label) => [label, series[label] ?? ""]));
}

/**
 * What tells a label set from another.
 * @example keyOf({ handler: "/" }) // '[["handler","/"]]'
 */
export function keyOf(labels: InstanceLabels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
