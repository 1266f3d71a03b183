import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { exitCodeOf, gateAnswer, inWords } from "#cli/gate/answer.ts";
import { askServer } from "#cli/gate/ask.ts";
import { gateCommand } from "#cli/gate.ts";
import { gateDecision } from "#lib/policy/gate.ts";
import type { GateInput } from "#lib/policy/gateInput.ts";
import { exceptionOf, frozen, gateInput, gateSlo } from "#lib/policy/testing.ts";

let server: Server | undefined;
let asked: IncomingMessage[] = [];
afterEach(async () => {
  const closing = Promise.withResolvers<void>();
  if (!server) return;
  server.close(() => closing.resolve());
  server.closeAllConnections();
  await closing.promise;
  server = undefined;
  asked = [];
});

type Answer = (response: ServerResponse, n: number) => void;

async function serve(answer: Answer): Promise<URL> {
  server = createServer((request, response) => {
    asked.push(request);
    answer(response, asked.length);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const json =
  (body: unknown, status = 200, headers = {}): Answer =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
const decided = (slos: GateInput["slos"], of: Partial<GateInput> = {}) =>
  json(gateDecision(gateInput(slos, of)));

async function plimsoll(url: URL | string | null, ...args: string[]) {
  const script = join(import.meta.dirname, "../plimsoll.ts");
  const { PLIMSOLL_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [script, "gate", ...args], {
    env: { ...env, PLIMSOLL_TOKEN: "plm_secret", ...(url && { PLIMSOLL_URL: String(url) }) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("close", resolve);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), promise]);
  return { out, err, code };
}

describe("plimsoll gate", () => {
  test("ends with 0 and says so where the answer is allow", async () => {
    const url = await serve(decided([frozen("availability")], { exceptions: [exceptionOf()] }));
    const sha = "dc16c5b1f0a94c5e8f3b0f7a6b9d2c1e4f5a6b7c";
    const { out, code } = await plimsoll(url, "--service", "checkout", "--sha", sha);
    expect(code).toBe(0);
    expect(out).toBe(
      [
        "allow: checkout to production, go on. Freeze: 118 % of the budget of availability is spent. Exception 7, approved by Grace, lets it through until 8 Jul, 10:00 UTC.",
        "  availability: Freeze (consumed >= 1) https://plimsoll.example/services/checkout/slos/availability",
        "  exception 7, approved by Grace, until 2026-07-08T10:00:00.000Z https://plimsoll.example/policy/exceptions/7",
        "",
      ].join("\n"),
    );
    expect(asked[0]?.headers.authorization).toBe("Bearer plm_secret");
    expect(asked[0]?.url).toBe(
      `/api/v1/gate?service=checkout&environment=production&change=feature&sha=${sha}&surface=cli`,
    );
  });

  test("ends with 1 at a block, and prints the server's whole answer as JSON when asked", async () => {
    const input = gateInput([frozen("availability")]);
    const url = await serve(decided(input.slos));
    const { out, code } = await plimsoll(url, "--service", "checkout", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(gateDecision(input));
  });

  test("ends with 3 where it is not told what is to be deployed", async () => {
    const { err, code } = await plimsoll("http://127.0.0.1:1");
    expect(err).toMatch(/required option '--service/);
    expect(code).toBe(3);
  });

  test.each<[string, string[], RegExp]>([
    ["an URL that is none", ["--url", "ftp://h"], /must be an http/],
    ["a change that there is not", ["--url", "http://h", "--change", "x"], /Allowed choices/],
    ["an option that there is not", ["--url", "http://h", "--forse"], /unknown option/],
  ])("refuses %s, and says what is wrong", async (_, args, words) => {
    const silent = { writeErr: () => {}, writeOut: () => {} };
    const command = gateCommand().configureOutput(silent).exitOverride();
    const parsed = command.parseAsync(["--service", "a", ...args], { from: "user" });
    await expect(parsed).rejects.toThrow(words);
  });

  test("ends with 2 where nobody answers, and never names the token", async () => {
    const { err, code } = await plimsoll("http://127.0.0.1:1", "--service", "checkout");
    expect(code).toBe(2);
    expect(err).toMatch(/127\.0\.0\.1:1 cannot be reached.*not known/);
    expect(err).not.toContain("plm_secret");
  });
});

describe("asking the server", () => {
  const waited: number[] = [];
  const ask = async (answer: Answer) => {
    waited.length = 0;
    return askServer({
      url: await serve(answer),
      token: null,
      asked: { service: "checkout" },
      waitFor: async (ms) => waited.push(ms),
    });
  };

  test("tries three times in all, and takes the answer of the last", async () => {
    const good = decided([gateSlo("a")]);
    const answer = await ask((response, n) =>
      n < 3 ? json({}, 503)(response, n) : good(response, n),
    );
    expect(answer).toMatchObject({ decision: "allow" });
    expect(waited).toEqual([1_000, 3_000]);
  });

  test("waits as long as the server says, and not for ever", async () => {
    await ask(json({}, 429, { "retry-after": "3600" }));
    expect(waited).toEqual([15_000, 15_000]);
    expect(asked).toHaveLength(3);
  });

  test.each<[string, Answer, RegExp]>([
    [
      "no right",
      json({ error: { message: "This needs gate." } }, 403),
      /HTTP 403: This needs gate/,
    ],
    ["no sign-in", json({}, 401), /HTTP 401/],
    ["another address", json({}, 302, { location: "http://evil.example" }), /redirects elsewhere/],
    ["a page of something else", (response) => response.end("<html>"), /no gate answer/],
    ["JSON of something else", json({ decision: "sure", proceed: true }), /no gate answer/],
  ])("ends at once with %s, and that is never allow", async (_, answer, words) => {
    expect(await ask(answer)).toMatchObject({ reason: expect.stringMatching(words) });
    expect(asked).toHaveLength(1);
  });

  test("a question that is wrong is wrong usage, with what to do", async () => {
    const details = [{ field: "sha", message: "must be a commit's hash" }];
    const answer = await ask(json({ error: { message: "Bad.", details } }, 400));
    expect(answer).toEqual({
      reason: "the server answered HTTP 400: Bad.; sha must be a commit's hash",
      wrong: true,
    });
  });

  test("an answer that breaks off is tried again", async () => {
    const answer = await ask((response) => {
      response.writeHead(200, { "content-length": "999" });
      response.write("{");
      response.destroy();
    });
    expect(answer).toMatchObject({ reason: expect.stringMatching(/cannot be reached/) });
    expect(asked).toHaveLength(3);
  });
});

test.each([
  ["allow", true, 0],
  ["block", true, 0],
  ["unknown", true, 0],
  ["block", false, 1],
  ["unknown", false, 2],
  ["allow", false, 2],
] as const)("%s that proceeds (%s) ends with %d", (decision, proceed, code) => {
  expect(exitCodeOf({ decision, proceed })).toBe(code);
});

test("a block in words says why, and when it lifts", () => {
  const answer = gateAnswer.parse(gateDecision(gateInput([frozen("availability")])));
  const lines = inWords(answer).split("\n");
  expect(lines[0]).toMatch(/^block: checkout to production, do not deploy\. Freeze: 118 %/);
  expect(lines.at(-1)).toBe("  lifts at 2026-07-04T16:00:00.000Z");
});
