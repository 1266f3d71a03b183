import { expect, test } from "vitest";
import { retryAfterMs, withoutSecrets } from "#collectors/prometheus/failure.ts";

const NOW = Date.UTC(2026, 0, 5, 12, 0, 0);

test.each([
  ["7", 7000],
  ["0", 0],
  ["Mon, 05 Jan 2026 12:00:30 GMT", 30_000],
  ["Mon, 05 Jan 2026 11:00:00 GMT", 0],
  ["soon", null],
  ["", null],
  [null, null],
])("Retry-After %j is %j ms", (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});

test("whatever the server echoes of our credentials is taken out", () => {
  const source = {
    name: "main",
    url: "http://127.0.0.1",
    headers: { "X-Key": "k3y-value" },
    bearerToken: "t0ken",
    basicAuth: { username: "u", password: "pa$$word" },
    counting: "auto" as const,
    timeoutMs: 1000,
    scrapeIntervalMs: null,
    historyMs: 0,
  };
  const text = withoutSecrets("bad: Bearer t0ken, k3y-value, pa$$word", source);
  expect(text).toBe("bad: Bearer …, …, …");
});
