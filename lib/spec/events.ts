import { eventsMistake } from "#lib/promql/checks.ts";
import { lintEvents } from "#lib/promql/lint.ts";
import type { EventQueries } from "#lib/promql/queries.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { readQuery } from "#lib/spec/query.ts";

export type EventsSli = Extract<SliDefinition, { kind: "events" }>;

/**
 * An SLI from two fields with a query each.
 * @example readEvents({ numerator, total }, "bad", findings) // { kind: "events", counts: "bad", … }
 */
export function readEvents(
  nodes: { readonly numerator: Located | null; readonly total: Located | null },
  counts: EventsSli["counts"],
  findings: Findings,
): EventsSli | null {
  const numerator = readQuery(nodes.numerator, findings);
  const total = readQuery(nodes.total, findings);
  if (numerator === null || total === null || !nodes.numerator || !nodes.total) return null;
  const places = { numerator: nodes.numerator, total: nodes.total };
  const sli = checkEvents({ kind: "events", counts, numerator, total }, places, findings);
  if (sli)
    tellLints(
      { counts, numerator: written(places.numerator), total: written(places.total) },
      places.numerator,
      findings,
    );
  return sli;
}

/** Lints quote queries, so they get them with `{{.window}}` as the author wrote it. */
function written(node: Located): string {
  return node.kind === "text" ? node.value.trim() : "";
}

/**
 * Refuses queries whose events cannot be counted.
 * @example checkEvents({ kind: "events", counts: "good", numerator: "up", total: "up" }, places, findings) // null
 */
export function checkEvents(
  sli: EventsSli,
  places: { readonly numerator: Located; readonly total: Located },
  findings: Findings,
): EventsSli | null {
  const before = findings.errors;
  for (const part of ["numerator", "total"] as const) {
    const mistake = eventsMistake(sli[part]);
    if (mistake) findings.error(places[part], "not-countable", mistake);
  }
  return findings.errors > before ? null : sli;
}

/**
 * Tells what is probably not meant in queries that can be counted.
 * @example tellLints({ counts: "bad", numerator: 'x_bucket{le="1"}', total }, node, findings) // one warning
 */
export function tellLints(queries: EventQueries, at: Located, findings: Findings): void {
  for (const { code, message } of lintEvents(queries)) findings.lint(at, code, message);
}
