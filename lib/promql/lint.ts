import { excludesServerErrors, sideOf } from "#lib/promql/evidence.ts";
import { fastCountedAsErrors } from "#lib/promql/le.ts";
import { normalizeQuery } from "#lib/promql/normalize.ts";
import type { EventQueries, Lint } from "#lib/promql/queries.ts";
import { scopesDiffer } from "#lib/promql/scope.ts";
import { readSelectors } from "#lib/promql/selectors.ts";
import { givesSeveral, nameOfCall } from "#lib/promql/syntax.ts";
import { findAll, type PromqlTree, parsePromql, textOf } from "#lib/promql/tree.ts";
import { parseDuration } from "#lib/time/duration.ts";

/**
 * What is probably not meant in the two queries of an SLI: each at most once, the gravest first.
 * Queries that do not parse give none.
 * @example lintEvents({ counts: "bad", numerator: 'sum(rate(x_bucket{le="1"}[5m]))', total })[0]?.code // "le-counts-fast"
 */
export function lintEvents(queries: EventQueries): Lint[] {
  const numerator = parsePromql(queries.numerator);
  const total = parsePromql(queries.total);
  if ("error" in numerator || "error" in total) return [];
  const trees: Trees = { numerator: numerator.tree, total: total.tree };
  const found = [
    fastCountedAsErrors(queries) ?? wrongSide(queries),
    sameQuery(queries) ?? scopesDiffer(trees),
    totalWithoutErrors(trees),
    windowsDiffer(trees),
    severalSeries(trees),
    notACounter(trees),
  ];
  return found.filter((lint) => lint !== null);
}

interface Trees {
  readonly numerator: PromqlTree;
  readonly total: PromqlTree;
}

function wrongSide({ counts, numerator, total }: EventQueries): Lint | null {
  const side = sideOf(numerator, total);
  if (side === null || side === counts) return null;
  const message = `is given as the ${counts} events, but its selectors ask for the ${side} ones; swap them`;
  return counts === "good"
    ? { code: "errors-as-good", message }
    : { code: "good-as-errors", message };
}

function sameQuery({ numerator, total }: EventQueries): Lint | null {
  if (normalizeQuery(numerator) !== normalizeQuery(total)) return null;
  const message =
    "is the same query as the total, so all events count; select the good or the bad ones";
  return { code: "numerator-is-total", message };
}

function totalWithoutErrors({ total }: Trees): Lint | null {
  const matchers = readSelectors(total, total.root).flatMap((selector) => selector.matchers);
  const excluding = matchers.find(excludesServerErrors);
  if (!excluding) return null;
  const { label, op, value } = excluding;
  const message = `the total leaves errors out by ${label}${op}"${value}", so they spend no budget; take it out`;
  return { code: "total-without-errors", message };
}

function windowsDiffer({ numerator, total }: Trees): Lint | null {
  const windows = new Map([...windowsOf(numerator), ...windowsOf(total)]);
  if (windows.size < 2) return null;
  const names = [...windows.values()].map((name) => `[${name}]`).join(" and ");
  const message = `the queries have different windows, ${names}; minutes are counted either way, but write the same`;
  return { code: "windows-differ", message };
}

/** The windows of range selectors: milliseconds → as written (templates are padded with zeros). */
function windowsOf(tree: PromqlTree): [number, string][] {
  return findAll(tree.root, "MatrixSelector").flatMap((node) => {
    const duration = node.getChild("DurationExpr");
    const written = duration ? textOf(tree, duration).replace(/^0+(?=\d)/, "") : "";
    const ms = parseDuration(written);
    return ms === null ? [] : [[ms, written] as [number, string]];
  });
}

function severalSeries({ numerator, total }: Trees): Lint | null {
  const several = [numerator, total].find((tree) => givesSeveral(tree, tree.root));
  if (!several) return null;
  const message =
    "may give several series, which are added up; write sum(…) without labels around it";
  return { code: "several-series", message };
}

const COUNTER_NAME = /(_total|_count|_sum|_bucket)$|:/;

function notACounter({ numerator, total }: Trees): Lint | null {
  const name = [numerator, total]
    .flatMap(ratedNames)
    .find((n) => n !== "" && !COUNTER_NAME.test(n));
  if (name === undefined) return null;
  const message = `${name} is not named like a counter (_total, _count, _bucket); rates of a gauge mean nothing`;
  return { code: "counter-name", message };
}

/** Names below rate() and increase(); native histograms, which need no suffix, are left out. */
function ratedNames(tree: PromqlTree): string[] {
  const calls = findAll(tree.root, "FunctionCall");
  if (calls.some((call) => nameOfCall(tree, call).startsWith("histogram_"))) return [];
  return calls
    .filter((call) => /^(rate|irate|increase)$/.test(nameOfCall(tree, call)))
    .flatMap((call) => readSelectors(tree, call).map(({ name }) => name));
}
