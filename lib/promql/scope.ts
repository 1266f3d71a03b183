import type { Lint } from "#lib/promql/queries.ts";
import { type Matcher, readSelectors, type Selector } from "#lib/promql/selectors.ts";
import type { PromqlTree } from "#lib/promql/tree.ts";

/** Labels that say whose events are counted, not which of them. */
const SCOPES = ["job", "service", "app", "namespace", "cluster", "environment", "env"];

/**
 * The numerator and the total of a ratio should be about the same job (service, namespace …). Null
 * when they are, or when a label stands in neither.
 * @example scopesDiffer({ numerator: tree of 'a{job="x"}', total: tree of 'a{job="y"}' })?.code // "jobs-differ"
 */
export function scopesDiffer(trees: { numerator: PromqlTree; total: PromqlTree }): Lint | null {
  const own = readSelectors(trees.numerator, trees.numerator.root);
  const all = readSelectors(trees.total, trees.total.root);
  const siblings = own.some((a) => all.some((b) => baseName(a.name) === baseName(b.name)));
  for (const label of SCOPES) {
    const [left, right] = [matchersOf(own, label), matchersOf(all, label)];
    const oneSided = left === "" || right === "";
    if (left === right || (oneSided && !siblings)) continue;
    const message = `selects ${left || `any ${label}`}, but the total ${right || `any ${label}`}; make them the same`;
    return { code: "jobs-differ", message };
  }
  return null;
}

/** `x_bucket`, `x_count` and `x_sum` are one histogram. */
function baseName(name: string): string {
  return name.replace(/_(bucket|count|sum)$/, "");
}

function matchersOf(selectors: readonly Selector[], label: string): string {
  const written = (m: Matcher) => `${m.label}${m.op}"${m.value}"`;
  const all = selectors.flatMap((s) => s.matchers.filter((m) => m.label === label).map(written));
  return [...new Set(all)].sort().join(" and ");
}
