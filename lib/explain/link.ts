import { formatDuration, MINUTE } from "#lib/time/duration.ts";

/** What stands in a template of addresses; all is percent-encoded. */
export const LINK_PARTS = ["expr", "quoted", "range", "end", "from", "to"] as const;
type LinkPart = (typeof LINK_PARTS)[number];

/** Where people open a query: the web pages that come with Prometheus and with VictoriaMetrics. */
export const LINK_PATHS = {
  prometheus: "/graph?g0.expr={expr}&g0.tab=0&g0.range_input={range}&g0.end_input={end}",
  victoriametrics: "/vmui/?#/?g0.expr={expr}&g0.range_input={range}&g0.end_input={end}",
} as const;

/** A query, and the half-open time `[from, to)` in epoch ms over which it is looked at. */
export interface Linked {
  readonly query: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The address that opens a query, from a template: `{expr}` is the query, `{quoted}` the same as a JSON
 * text, `{range}` the length ("30d", whole minutes), `{end}` its end in UTC, `{from}` and `{to}` epoch ms.
 * @example queryLink("https://p.example/graph?g0.expr={expr}", { query: "up", from: 0, to: 60_000 }) // "https://p.example/graph?g0.expr=up"
 */
export function queryLink(template: string, { query, from, to }: Linked): string {
  const minutes = Math.max(1, Math.round((to - from) / MINUTE));
  const parts: Readonly<Record<LinkPart, string>> = {
    expr: query,
    quoted: JSON.stringify(query),
    range: formatDuration(minutes * MINUTE),
    end: new Date(to).toISOString().slice(0, 19).replace("T", " "),
    from: String(from),
    to: String(to),
  };
  return LINK_PARTS.reduce(
    (address, part) => address.replaceAll(`{${part}}`, () => encoded(parts[part])),
    template,
  );
}

/** Half a character, as an escape in YAML can give, has no place in an address. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
