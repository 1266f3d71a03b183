/** Names of fields whose text is a query, in every dialect. */
const QUERY_FIELDS = new Set([
  "metric",
  "good",
  "bad",
  "errors",
  "total",
  "query",
  "error_query",
  "total_query",
  "error_ratio_query",
  "errorQuery",
  "totalQuery",
  "errorRatioQuery",
]);

/**
 * Whether the text of a field is PromQL.
 * @example holdsQuery("total_query") // true
 */
export function holdsQuery(field: string): boolean {
  return QUERY_FIELDS.has(field);
}

const WINDOW = /\{\{\s*\.window\s*\}\}/g;

/**
 * A query as it stands in its document, made readable for the grammar without moving anything: quotes
 * around it are blanked, `{{.window}}` becomes a duration, and an escaped quote a plain one.
 * @example plainQuery('"x[{{.window}}]"') // " x[0000000005m] "
 */
export function plainQuery(written: string): string {
  const filled = written.replace(WINDOW, (found) => `${"5".padStart(found.length - 1, "0")}m`);
  const quote = filled[0];
  if (quote !== '"' && quote !== "'") return filled;
  const closed = filled.length > 1 && filled.endsWith(quote);
  const inner = filled.slice(1, closed ? -1 : undefined);
  const open = quote === '"' ? inner.replaceAll('\\"', ' "') : inner;
  return ` ${open}${closed ? " " : ""}`;
}
