import { expect, test } from "vitest";
import { safeNext } from "#lib/access/next.ts";

test.each([
  "/",
  "/services/checkout/slos/availability?at=2026-07-01T10:00:00Z&range=7d#burn",
  "/teams/a%2Fb",
])("%s is kept", (path) => expect(safeNext(path)).toBe(path));

test.each([
  null,
  undefined,
  "",
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\\\\evil.example",
  "javascript:alert(1)",
  "services",
  "/sign-in?next=/sign-in",
  "/welcome?token=x",
  "/api/auth/sign-out",
])("%j leads to the fleet", (path) => expect(safeNext(path)).toBe("/"));

test("what is kept stays on our own site in a browser's reading of it", () => {
  for (const path of ["/..//evil.example", "/./\\evil.example", "/%2F/evil.example"]) {
    expect(new URL(safeNext(path), "http://ours.example").origin).toBe("http://ours.example");
    expect(safeNext(path)).not.toMatch(/^\/[/\\]/);
  }
});
