import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openWire, statusOf } from "#cli/server/testing.ts";
import { plainDocument } from "#jobs/testing.ts";
import { diceOf } from "./hostile/dice.ts";
import { type Hostile, hostileRequest, type Keys } from "./hostile/requests.ts";
import { type Product, startProduct } from "./product.ts";

const SEED = 20_261_121;
const AT_ONCE = 8;
/** Far beyond what any answer takes: whoever has none by then hangs. */
const DEADLINE_MS = 20_000;
const STACK = /node_modules|node:internal|\n\s+at .+:\d+:\d+|\.tsx?:\d+:\d+/;
const SCOPES = ["read", "gate", "ingest", "write", "admin"];

interface Answer {
  readonly asked: Hostile;
  /** 0: closed without an answer. */
  readonly status: number;
  readonly text: string;
}

describe("requests that nobody should send", () => {
  let folder: string;
  let keys: Keys;
  const base = () => ({
    PLIMSOLL_CONFIG: join(folder, "plimsoll.yaml"),
    PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "db", "data")}`,
    PLIMSOLL_URL: "http://localhost",
  });
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "plimsoll-mutated-"));
    const limits = { addressPerMinute: 1_000_000, tokenPerMinute: 1_000_000 };
    const main = { name: "main", url: "http://127.0.0.1:9" };
    const settings = { sources: { prometheus: [main] }, slos: ["slo-*.yaml"], limits };
    writeFileSync(join(folder, "plimsoll.yaml"), JSON.stringify(settings));
    writeFileSync(join(folder, "slo-shop.yaml"), plainDocument("shop", [{ name: "a" }]));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("are all answered where everyone may do everything", async () => {
    const product = await startProduct({ ...base(), PLIMSOLL_NO_AUTH: "1" });
    try {
      keys = await makeKeys(product);
      // Whoever sends a token is that token, even here.
      await bombard(product, { seed: SEED, count: 6_000, keys: { ...keys, tokens: [] } });
    } finally {
      expect(await product.stop()).toBe(0);
    }
  });

  test("are all answered where one has to sign in, with good tokens and with none", async () => {
    const product = await startProduct({ ...base(), PLIMSOLL_NO_AUTH: "0" });
    try {
      expect((await fetch(`${product.url}/api/v1/slos`)).status).toBe(401);
      await bombard(product, { seed: SEED + 1, count: 4_000, keys });
    } finally {
      expect(await product.stop()).toBe(0);
    }
  });
});

async function makeKeys(product: Product): Promise<Keys> {
  const make = async (what: string, body?: object) => {
    const response = await fetch(`${product.url}/api/settings/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: product.url },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect(response.status).toBe(201);
    return response.json();
  };
  const secret = async (source: string) =>
    z.object({ secret: z.string() }).parse(await make(`webhooks/${source}/secrets`)).secret;
  const token = async (scope: string) => {
    const asked = { name: scope, scopes: [scope], team: null, days: 30 };
    return z.object({ token: z.string() }).parse(await make("tokens", asked)).token;
  };
  return {
    tokens: await Promise.all(SCOPES.map(token)),
    secrets: { github: await secret("github"), pagerduty: await secret("pagerduty") },
  };
}

interface Plan {
  readonly seed: number;
  readonly count: number;
  readonly keys: Keys;
}

async function bombard(product: Product, plan: Plan): Promise<void> {
  const begun = performance.now();
  const answers = await sendAll(Number(new URL(product.url).port), plan);
  const wrong = answers.filter(isWrong).map(sketch);
  const seconds = (performance.now() - begun) / 1_000;
  console.log(`${answers.length} requests in ${seconds.toFixed(0)} s: ${tally(answers)}`);
  expect(wrong).toEqual([]);
  expect(product.output()).not.toMatch(/request failed|unhandled|uncaught/i);
  expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
}

async function sendAll(port: number, { seed, count, keys }: Plan): Promise<Answer[]> {
  const dice = diceOf(seed);
  const all = Array.from({ length: count }, (_, i) => hostileRequest(dice, i, keys));
  const answers: Answer[] = [];
  const lane = async () => {
    for (let asked = all.pop(); asked; asked = all.pop()) answers.push(await send(port, asked));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return answers;
}

/** Of half a request it says that nothing more will come, which may be answered by hanging up. */
async function send(port: number, asked: Hostile): Promise<Answer> {
  const wire = await openWire(port);
  wire.send(asked.bytes);
  if (asked.isBroken) wire.socket.end();
  const timer = setTimeout(() => wire.socket.destroy(new Error("no answer")), DEADLINE_MS);
  const text = (await wire.ended()).replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, "");
  clearTimeout(timer);
  return { asked, status: statusOf(text), text };
}

function isWrong({ asked, status, text }: Answer): boolean {
  if (status === 0 && !asked.isBroken) return true;
  return status >= 500 || STACK.test(text);
}

function sketch({ asked, status, text }: Answer): string {
  const bytes = asked.bytes.toString("latin1");
  return `${status} ${asked.route}\n${bytes.slice(0, 900)}\n=> ${text.slice(0, 1_500)}`;
}

/** How many of each status, the most frequent first. */
function tally(answers: readonly Answer[]): string {
  const counts = Map.groupBy(answers, ({ status }) => status || "closed");
  return [...counts]
    .map(([status, of]) => [of.length, status] as const)
    .sort(([a], [b]) => b - a)
    .map(([count, status]) => `${count}× ${status}`)
    .join(", ");
}
