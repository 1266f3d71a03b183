import { expect, test } from "vitest";
import { linkMistake, linkTemplate } from "#config/link.ts";

test.each([
  "prometheus",
  "victoriametrics",
  "https://prom.example/graph?g0.expr={expr}&g0.range_input={range}&g0.end_input={end}",
  'https://g.example/explore?left={"queries":[{"expr":{quoted}}],"range":{"from":"{from}","to":"{to}"}}',
])("%s is a link", (link) => expect(linkMistake(link)).toBeNull());

test.each([
  [
    "grafana",
    "must be prometheus or victoriametrics, or an http:// or https:// address with {expr} in it",
  ],
  [
    "javascript:alert({expr})",
    "must be prometheus or victoriametrics, or an http:// or https:// address with {expr} in it",
  ],
  [
    "//prom.example/{expr}",
    "must be prometheus or victoriametrics, or an http:// or https:// address with {expr} in it",
  ],
  ["https://prom.example/graph", "must have {expr} where the query goes"],
  [
    "https://reader:secret@prom.example/graph?q={expr}",
    "must hold no name or password: everybody who signs in can see it",
  ],
  [
    "https://prom.example/graph?q={query}",
    "has {query}, which is unknown; known are {expr}, {quoted}, {range}, {end}, {from}, {to}",
  ],
])("%s is none", (link, mistake) => expect(linkMistake(link)).toBe(mistake));

test("a page's name stands for the source's address, without a password that stands in it", () => {
  expect(linkTemplate("prometheus", "http://reader:secret@mimir.example:8080/prometheus/")).toBe(
    "http://mimir.example:8080/prometheus/graph?g0.expr={expr}&g0.tab=0&g0.range_input={range}&g0.end_input={end}",
  );
  expect(linkTemplate("victoriametrics", "https://vm.example")).toBe(
    "https://vm.example/vmui/?#/?g0.expr={expr}&g0.range_input={range}&g0.end_input={end}",
  );
});

test("without a link there is none: the address that Plimsoll reads may mean nothing to people", () => {
  expect(linkTemplate(undefined, "http://prometheus:9090")).toBeNull();
});
