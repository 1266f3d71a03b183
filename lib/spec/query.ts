import { rangeMistake } from "#lib/promql/checks.ts";
import { kindMistake } from "#lib/promql/kinds.ts";
import { depthOf } from "#lib/promql/syntax.ts";
import { blankComments, fillTemplate, parsePromql } from "#lib/promql/tree.ts";
import { readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";

/** A query is sent many times a day together with others; a longer one is a mistake. */
const MAX_CHARACTERS = 8000;
const MAX_DEPTH = 400;

/** Whatever length a query's window has, minutes are counted; this is what `{{.window}}` becomes. */
const TEMPLATE_WINDOW = "5m";

/**
 * A query that parses, with `{{.window}}` filled; a syntax error is shown at its own place.
 * @example readQuery(node of "rate(x[{{.window}}])", findings) // "rate(x[5m])"
 */
export function readQuery(node: Located | null, findings: Findings): string | null {
  const text = readText(node, findings);
  if (text === null || node?.kind !== "text") return null;
  const wrong = (message: string) => findings.error(node, "query", message);
  if (text.length > MAX_CHARACTERS) {
    return wrong(
      `has ${text.length} characters, at most ${MAX_CHARACTERS} are read; use a recording rule`,
    );
  }
  const foreign = /\$\{?\w+\}?|\{\{(?!\s*\.window\s*\}\})[^}]*\}\}/.exec(
    withoutStrings(blankComments(text)),
  )?.[0];
  if (foreign)
    return wrong(`“${foreign}” is a variable that is unknown here; write a duration such as 5m`);
  const parsed = parsePromql(node.value);
  if ("error" in parsed) {
    const at = node.at(parsed.error.offset);
    return findings.error({ ...at, path: node.path }, "query-syntax", parsed.error.message);
  }
  if (depthOf(parsed.tree.root) > MAX_DEPTH) return wrong("is nested too deeply; simplify it");
  const unranged = rangeMistake(parsed.tree);
  if (unranged !== null) return wrong(unranged);
  const mistake = kindMistake(parsed.tree);
  if (mistake && !mistake.lax) return wrong(mistake.message);
  if (mistake) findings.lint(node, "metricsql", `${mistake.message}${LAX}`);
  return fillTemplate(text, TEMPLATE_WINDOW);
}

/** Which server a document counts at is not known where it is read. */
const LAX = "; VictoriaMetrics takes it, Prometheus does not";

/** A `$` in a string is a regular expression's end. */
function withoutStrings(query: string): string {
  return query.replaceAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, '""');
}
