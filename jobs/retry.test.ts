import { describe, expect, test } from "vitest";
import { UpstreamError } from "#collectors/collector.ts";
import { isPassing, waitBefore, withRetry } from "#jobs/retry.ts";

const http = (httpStatus: number, retryAfterMs: number | null = null) =>
  new UpstreamError("no", { source: "main", kind: "http", httpStatus, retryAfterMs });
const options = {
  attempts: 3,
  baseMs: 1,
  maxWaitMs: 5,
  signal: new AbortController().signal,
  random: () => 0,
};

describe("a passing failure", () => {
  test.each([
    [http(429), true],
    [http(503), true],
    [http(400), false],
    [http(401), false],
    [new UpstreamError("no", { source: "main", kind: "network" }), true],
    [new UpstreamError("no", { source: "main", kind: "timeout" }), true],
    [new UpstreamError("no", { source: "main", kind: "parse" }), false],
    [new TypeError("a mistake of ours"), false],
  ])("%s → %s", (error, passing) => expect(isPassing(error)).toBe(passing));

  test("is tried again until it is over", async () => {
    let calls = 0;
    const work = async () => {
      if (++calls < 3) throw http(503);
      return "answer";
    };
    await expect(withRetry(work, options)).resolves.toBe("answer");
  });

  test("is given up after the last attempt, with the last error", async () => {
    let calls = 0;
    const work = async () => {
      calls++;
      throw http(500 + calls);
    };
    await expect(withRetry(work, options)).rejects.toMatchObject({ httpStatus: 503 });
    expect(calls).toBe(3);
  });
});

test("a lasting failure is not tried again", async () => {
  let calls = 0;
  const work = async () => {
    calls++;
    throw http(400);
  };
  await expect(withRetry(work, options)).rejects.toMatchObject({ httpStatus: 400 });
  expect(calls).toBe(1);
});

test("waits double, honour Retry-After and end at the cap", () => {
  const long = { ...options, baseMs: 100, maxWaitMs: 1_000 };
  expect(waitBefore(1, http(503), long)).toBe(50);
  expect(waitBefore(3, http(503), long)).toBe(200);
  expect(waitBefore(1, http(429, 700), long)).toBe(700);
  expect(waitBefore(1, http(429, 60_000), long)).toBe(1_000);
});
