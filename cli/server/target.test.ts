import { describe, expect, test } from "vitest";
import { refusalOf } from "#cli/server/target.ts";

const ask = (url: string, method = "GET", rawHeaders: string[] = ["Host", "localhost"]) =>
  refusalOf({ url, method, rawHeaders, httpVersion: "1.1" })?.status ?? null;

describe("the first line of a request", () => {
  test.each([
    "/",
    "/services/pay%20ment/slos/caf%C3%A9?at=2026-01-01T00:00:00.000Z&q=a%00".replace("%00", "%20"),
    "/?q=100%",
    "/?q=%ff",
    "/a/../b",
    "/a//b",
    '/?q={"a":[1]}|^`<>',
    `/${"x".repeat(8_191)}`,
  ])("%.60s goes on", (url) => expect(ask(url)).toBeNull());

  test.each([
    ["another site's address", "http://evil.example/"],
    ["a path that browsers read as another site", "//evil.example/"],
    ["the same with a backslash", "/\\evil.example/"],
    ["a backslash", "/a\\b"],
    ["no path", "*"],
    ["nothing", ""],
    ["a relative path", "a"],
    ["a percent sign alone", "/100%"],
    ["a percent sign before no digits", "/%zz"],
    ["bytes that are not UTF-8", "/%ff%fe"],
    ["UTF-8 of too many bytes", "/%c0%af"],
    ["NUL", "/a%00b"],
    ["NUL in the query", "/?q=%00"],
    ["a line break", "/a%0d%0ab"],
    ["raw bytes", "/caf\u00e9"],
    ["a fragment", "/a#b"],
  ])("%s is refused", (_, url) => expect(ask(url)).toBe(400));

  test("that is longer than any of ours is told so", () => {
    expect(ask(`/${"x".repeat(8_192)}`)).toBe(414);
  });

  test.each(["TRACE", "CONNECT", "PROPFIND", "QUERY", "M-SEARCH", "get", ""])(
    "with the method %j is refused",
    (method) => expect(ask("/", method)).toBe(405),
  );

  test("with two hosts is refused: a proxy may have looked at the other", () => {
    expect(ask("/", "GET", ["Host", "a", "X", "host", "host", "b"])).toBe(400);
    expect(ask("/", "GET", ["Host", "a", "X", "host"])).toBeNull();
  });

  test("without a host is refused, but in HTTP/1.0, which some health checks speak", () => {
    expect(ask("/", "GET", ["X", "host"])).toBe(400);
    const old = { url: "/readyz", method: "GET", rawHeaders: [], httpVersion: "1.0" };
    expect(refusalOf(old)).toBeNull();
  });
});
