import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exchange, openWire, statusOf } from "#cli/server/testing.ts";
import { plainDocument } from "#jobs/testing.ts";
import { type Product, startProduct } from "./product.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-edge-"));
  const main = { name: "main", url: "http://127.0.0.1:9" };
  const common = { sources: { prometheus: [main] }, slos: ["slo-*.yaml"] };
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("open.yaml", JSON.stringify(common));
  write("strict.yaml", JSON.stringify({ ...common, limits: { addressPerMinute: 10 } }));
  write("slo-shop.yaml", plainDocument("shop", [{ name: "a" }]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (config: string, env: Record<string, string>) =>
  startProduct({
    PLIMSOLL_CONFIG: join(folder, config),
    PLIMSOLL_DATABASE_URL: `pglite://${join(folder, `db-${config}`, "data")}`,
    ...env,
  });
const portOf = ({ url }: Product) => Number(new URL(url).port);
const CLOSE = "Connection: close\r\n";

describe("the product without sign-in", () => {
  let product: Product;
  let port: number;
  beforeAll(async () => {
    product = await start("open.yaml", { PLIMSOLL_NO_AUTH: "1" });
    port = portOf(product);
  });
  afterAll(() => product?.stop());

  test.each(["/api/v1/slos", "/api/v1/nothing", "/metrics", "/healthz"])(
    "lets a browser do nothing with %s",
    async (path) => {
      const { headers } = await fetch(product.url + path);
      expect(Object.fromEntries(headers)).toMatchObject({
        "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "referrer-policy": "same-origin",
      });
      expect(headers.has("strict-transport-security")).toBe(false);
    },
  );

  test.each<[string, number, string]>([
    ["another host", 421, `GET / HTTP/1.1\r\nHost: evil.example\r\n${CLOSE}\r\n`],
    ["no host", 400, `GET / HTTP/1.1\r\n${CLOSE}\r\n`],
    [
      "an address elsewhere",
      400,
      `GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n${CLOSE}\r\n`,
    ],
    ["two slashes", 400, `GET //evil.example/ HTTP/1.1\r\nHost: localhost\r\n${CLOSE}\r\n`],
    ["a percent sign alone", 400, `GET /services/% HTTP/1.1\r\nHost: localhost\r\n${CLOSE}\r\n`],
    ["NUL", 400, `GET /api/v1/slos?team=%00 HTTP/1.1\r\nHost: localhost\r\n${CLOSE}\r\n`],
    [
      "a long address",
      414,
      `GET /${"a".repeat(9_000)} HTTP/1.1\r\nHost: localhost\r\n${CLOSE}\r\n`,
    ],
    ["TRACE", 405, `TRACE / HTTP/1.1\r\nHost: localhost\r\n${CLOSE}\r\n`],
    ["CONNECT", 405, `CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n${CLOSE}\r\n`],
    [
      "a change of a page",
      405,
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n${CLOSE}\r\n`,
    ],
    [
      "a length and chunks",
      400,
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      "a large body",
      413,
      `POST /api/settings/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n`,
    ],
    [
      "a large body in chunks",
      413,
      `POST /api/settings/tokens HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1e8480\r\n${"x".repeat(2_000_000)}\r\n0\r\n\r\n`,
    ],
    ["another protocol", 400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ])("answers %s with %i", async (_, status, bytes) => {
    const answer = await exchange(port, Buffer.from(bytes, "latin1"));
    expect(statusOf(answer)).toBe(status);
    expect(answer).toMatch(/"error":\{"code":"[a-z-]+","message":"/);
  });

  test("makes nobody's pictures smaller", async () => {
    const { status } = await fetch(`${product.url}/_next/image?url=%2Ficon.svg&w=64&q=75`);
    expect(status).toBe(404);
  });

  test("hangs up on a client that never ends its headers", async () => {
    const begun = performance.now();
    const wire = await openWire(port);
    const trickle = setInterval(() => wire.send("a"), 500);
    wire.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ");
    expect(statusOf(await wire.ended())).toBe(408);
    clearInterval(trickle);
    console.log(
      `headers without an end: 408 after ${((performance.now() - begun) / 1_000).toFixed(1)} s`,
    );
  });

  test("writes the address of the connection into the audit log, whatever a client claims", async () => {
    await makeToken(product, {
      "x-forwarded-for": "192.0.2.66",
      "x-plimsoll-address": "192.0.2.66",
    });
    const log = await (await fetch(`${product.url}/api/settings/audit.csv`)).text();
    expect(log).toMatch("127.0.0.1");
    expect(log).not.toMatch("192.0.2.66");
  });
});

describe("the product with sign-in, behind a proxy, reached by https", () => {
  let product: Product;
  beforeAll(async () => {
    product = await start("strict.yaml", {
      PLIMSOLL_NO_AUTH: "0",
      PLIMSOLL_URL: "https://plimsoll.example",
      PLIMSOLL_TRUSTED_PROXIES: "127.0.0.0/8",
    });
  });
  afterAll(() => product?.stop());

  const ask = (path: string, from: string, host = "plimsoll.example") =>
    exchange(
      portOf(product),
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-For: 198.51.100.1, ${from}\r\n${CLOSE}\r\n`,
    );

  test("tells browsers to come by https only, on every answer", async () => {
    for (const path of ["/sign-in", "/api/v1/slos", "/icon.svg", "/healthz", "/%"]) {
      expect(await ask(path, "192.0.2.1")).toMatch(
        /strict-transport-security: max-age=31536000\r/i,
      );
    }
  });

  test("answers to its own name and to addresses, and to no other name", async () => {
    expect(statusOf(await ask("/sign-in", "192.0.2.2"))).toBe(200);
    expect(statusOf(await ask("/sign-in", "192.0.2.2", "10.1.2.3:3000"))).toBe(200);
    expect(statusOf(await ask("/sign-in", "192.0.2.2", "evil.example"))).toBe(421);
    expect(statusOf(await ask("/healthz", "192.0.2.2", "evil.example"))).toBe(200);
  });

  test("sends a caller who asks too often away for a while, and nobody else", async () => {
    const statuses: number[] = [];
    let last = "";
    for (let i = 0; i < 11; i++) {
      last = await ask("/api/v1/slos", "192.0.2.3");
      statuses.push(statusOf(last));
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
    const [, wait] = /retry-after: (\d+)\r/i.exec(last) ?? [];
    expect(Number(wait)).toBeGreaterThanOrEqual(1);
    expect(Number(wait)).toBeLessThanOrEqual(6);
    expect(last).toMatch(
      /"code":"too-many-requests","message":"Your address asks too often; try again in \d s\."/,
    );
    expect(statusOf(await ask("/healthz", "192.0.2.3"))).toBe(200);
    expect(statusOf(await ask("/api/v1/slos", "192.0.2.4"))).toBe(401);
    console.log(
      `requests of one address, 10 a minute: ${statuses.join(" ")}, retry after ${wait} s`,
    );
  });

  test("counts an IPv6 network as one caller", async () => {
    for (let i = 0; i < 10; i++) await ask("/api/v1/slos", `2001:db8::${i}`);
    expect(statusOf(await ask("/api/v1/slos", "2001:db8::ffff"))).toBe(429);
    expect(statusOf(await ask("/api/v1/slos", "2001:db8:0:1::1"))).toBe(401);
  });
});

async function makeToken(product: Product, headers: Record<string, string>): Promise<void> {
  const asked = { name: "edge", scopes: ["read"], team: null, days: 30 };
  const answer = await fetch(`${product.url}/api/settings/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: product.url, ...headers },
    body: JSON.stringify(asked),
  });
  expect(answer.status).toBe(201);
}
