import fc from "fast-check";
import { expect, test } from "vitest";
import { LINK_PATHS, queryLink } from "#lib/explain/link.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const to = Date.UTC(2026, 0, 31, 12, 5);
const query = 'sum(rate(x{code=~"5..", a!="$1"}[5m])) / 2 # {to}';

test("Prometheus's own page gets the query, the length and the end of the window", () => {
  const template = `https://prom.example/p${LINK_PATHS.prometheus}`;
  const url = new URL(queryLink(template, { query, from: to - 30 * DAY, to }));
  expect(url.pathname).toBe("/p/graph");
  expect(url.searchParams.get("g0.expr")).toBe(query);
  expect(url.searchParams.get("g0.range_input")).toBe("30d");
  expect(url.searchParams.get("g0.end_input")).toBe("2026-01-31 12:05:00");
});

test("VictoriaMetrics's page has its parameters behind the number sign", () => {
  const template = `https://vm.example${LINK_PATHS.victoriametrics}`;
  const url = new URL(queryLink(template, { query, from: to - 90 * MINUTE, to }));
  expect(url.pathname).toBe("/vmui/");
  const parameters = new URLSearchParams(url.hash.slice("#/?".length));
  expect(parameters.get("g0.expr")).toBe(query);
  expect(parameters.get("g0.range_input")).toBe("1h30m");
});

test("Grafana's Explore takes the query as JSON, whatever stands in it", () => {
  const template =
    'https://g.example/explore?left={"queries":[{"expr":{quoted}}],"range":{"from":"{from}","to":"{to}"}}';
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const url = new URL(queryLink(template, { query: text, from: to - DAY, to }));
      expect(JSON.parse(url.searchParams.get("left") ?? "")).toEqual({
        queries: [{ expr: text }],
        range: { from: String(to - DAY), to: String(to) },
      });
    }),
  );
});

test("half a character in a query is replaced, and the link stays one", () => {
  const half = String.fromCharCode(0xd800);
  expect(queryLink("https://a.example/{expr}", { query: `x${half}`, from: 0, to })).toBe(
    "https://a.example/x%EF%BF%BD",
  );
});

test("a window of less than a minute is a minute", () => {
  expect(queryLink("https://a.example/{range}", { query, from: to, to })).toBe(
    "https://a.example/1m",
  );
});
