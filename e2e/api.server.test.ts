import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { failure, sloPage, sloSeries, sloStatus, sourceList } from "#app/api/v1/schemas.ts";
import { whatIf } from "#app/api/v1/slos/[service]/[slo]/what-if/schema.ts";
import { seededRandom } from "#bench/truth/random.ts";
import { HOUR } from "#lib/time/duration.ts";
import { openShop, type Shop } from "./faults/shop.ts";
import { missingPrometheus } from "./servers/prometheus.ts";

const absent = missingPrometheus();

describe.skipIf(absent)(`API v1 by HTTP${absent ? ` (${absent})` : ""}`, () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop?.[Symbol.asyncDispose]());

  const ask = (path: string, init?: RequestInit) =>
    fetch(`${shop.product.url}${path}`, { redirect: "manual", ...init });
  const anHourAgo = () => new Date(Date.now() - HOUR).toISOString();

  test.each<[string, z.ZodType, string, () => string]>([
    ["SLOs", sloPage, "/api/v1/slos", () => "/api/v1/slos"],
    ["an empty page", sloPage, "/api/v1/slos", () => "/api/v1/slos?team=nobody"],
    ["a page with a next one", sloPage, "/api/v1/slos", () => "/api/v1/slos?limit=1"],
    ["an SLO", sloStatus, SLO_PATH, () => "/api/v1/slos/shop/steady"],
    ["an SLO without data", sloStatus, SLO_PATH, () => "/api/v1/slos/shop/silent"],
    [
      "an SLO as of a time",
      sloStatus,
      SLO_PATH,
      () => `/api/v1/slos/shop/steady?at=${anHourAgo()}`,
    ],
    ["its series", sloSeries, SERIES_PATH, () => "/api/v1/slos/shop/steady/series"],
    ["ten points", sloSeries, SERIES_PATH, () => "/api/v1/slos/shop/steady/series?points=10"],
    [
      "another objective",
      whatIf,
      `${SLO_PATH}/what-if`,
      () => "/api/v1/slos/shop/steady/what-if?objective=0.9",
    ],
    ["sources", sourceList, "/api/v1/sources", () => "/api/v1/sources"],
  ])("%s is as the schema and the OpenAPI document say", async (_, schema, path, url) => {
    const answer = await ask(url());
    expect(answer.status).toBe(200);
    const body: unknown = await answer.json();
    expect(() => schema.parse(body)).not.toThrow();
    const documented = await schemaOf(path, "200");
    expect(() => documented.parse(body)).not.toThrow();
    expect(documented.safeParse({ ...(body as object), surprise: 1 }).success).toBe(false);
  });

  const asked = z.object({ get: z.object({ responses: z.record(z.string(), z.unknown()) }) });
  async function schemaOf(path: string, status: string): Promise<z.ZodType> {
    const document = (await (await ask("/api/v1/openapi.json")).json()) as {
      paths: Record<string, unknown>;
    };
    const response = asked.parse(document.paths[path]).get.responses[status];
    const { content } = response as { content: Record<string, { schema: object }> };
    return z.fromJSONSchema(content["application/json"]?.schema as z.core.JSONSchema.JSONSchema);
  }

  test("the numbers are those of the known history", async () => {
    const steady = sloStatus.parse(await (await ask("/api/v1/slos/shop/steady")).json());
    expect(steady.sli).toBeGreaterThan(0.98);
    expect(steady.total / steady.coverage).toBeGreaterThan(20 * 60 * 300);
    const then = sloStatus.parse(
      await (await ask(`/api/v1/slos/shop/steady?at=${anHourAgo()}`)).json(),
    );
    expect(steady.total - then.total).toBeGreaterThan(50 * 300);
    expect(steady.total - then.total).toBeLessThan(62 * 300);
    const silent = sloStatus.parse(await (await ask("/api/v1/slos/shop/silent")).json());
    expect(silent).toMatchObject({ state: "unknown", sli: null, total: 0 });
    const lost = sloStatus.parse(await (await ask("/api/v1/slos/lost/a")).json());
    expect(lost).toMatchObject({ state: "unknown", sli: null });
  });

  test("pages follow each other by their cursor, each SLO once", async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const after: string = cursor && `&cursor=${cursor}`;
      const page = sloPage.parse(await (await ask(`/api/v1/slos?limit=1${after}`)).json());
      seen.push(...page.slos.map(({ service, slo }) => `${service}/${slo}`));
      cursor = page.next;
    }
    expect(seen.sort()).toEqual(["lost/a", "shop/quiet", "shop/silent", "shop/steady"]);
  });

  test.each([
    [400, "/api/v1/slos?limit=0"],
    [400, "/api/v1/slos?limit=1001"],
    [400, "/api/v1/slos?limit=many"],
    [400, "/api/v1/slos?limit=1.5"],
    [400, "/api/v1/slos?limit=1&limit=2"],
    [400, "/api/v1/slos?state=broken"],
    [400, "/api/v1/slos?cursor=nonsense"],
    [400, `/api/v1/slos?cursor=${Buffer.from("99999999999999 0 1").toString("base64url")}`],
    [400, "/api/v1/slos?teem=shop"],
    [404, "/api/v1/slos/shop/nothing"],
    [410, "/api/v1/slos/shop/old"],
    [400, "/api/v1/slos/shop/steady?at=yesterday"],
    [400, "/api/v1/slos/shop/steady?at=2026-01-01T00:00:00"],
    [400, "/api/v1/slos/shop/steady?at=2999-01-01T00:00:00Z"],
    [400, "/api/v1/slos/shop/steady/series?points=1"],
    [400, "/api/v1/slos/shop/steady/series?points=1e9"],
    [400, "/api/v1/slos/shop/steady/series?from=2026-06-02T00:00:00Z&to=2026-06-01T00:00:00Z"],
    [400, "/api/v1/slos/shop/steady/series?from=1990-01-01T00:00:00Z"],
    [400, "/api/v1/sources?verbose=1"],
    [404, "/api/v1/nothing"],
  ])("%i %s says what is wrong", async (status, path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    const { error } = failure.parse(await answer.json());
    expect(error.message).toMatch(/\w.*\.$/);
    if (status === 400) expect(error.details.length).toBeGreaterThan(0);
    const documented = await schemaOf("/api/v1/slos", "default");
    expect(() => documented.parse({ error })).not.toThrow();
  });

  test.each(["/api/v1/slos?team=%00", "/api/v1/slos/%00/steady"])(
    "%s, which no name has, goes no further than the door",
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(400);
      expect(failure.parse(await answer.json()).error.message).toMatch(/NUL.*\.$/);
    },
  );

  test("a method that there is not is a 405", async () => {
    for (const method of ["POST", "PUT", "DELETE"]) {
      expect((await ask("/api/v1/slos", { method })).status).toBe(405);
    }
  });

  test("500 random queries are answered or refused, and none breaks the server", async () => {
    const random = seededRandom(500);
    const broken: string[] = [];
    for (let i = 0; i < 50; i++) {
      const paths = Array.from({ length: 10 }, () => randomQuery(random));
      const answers = await Promise.all(paths.map((path) => ask(path)));
      for (const [k, answer] of answers.entries()) {
        const body: unknown = await answer.json().catch(() => null);
        const clear = answer.ok || failure.safeParse(body).success;
        if (answer.status >= 500 || !clear) broken.push(`${answer.status} ${paths[k]}`);
      }
    }
    expect(broken).toEqual([]);
  });

  test.each(["evil.example", "evil.example:80", "127.0.0.1.evil.example", "169.254.169.254"])(
    "the host name %s is refused",
    async (host) => {
      expect(await statusFor(shop.product.url, host)).toBe(421);
    },
  );

  test.each(["localhost", "127.0.0.1", "[::1]:3000"])("the host name %s is ours", async (host) => {
    expect(await statusFor(shop.product.url, host)).toBe(200);
  });
});

const SLO_PATH = "/api/v1/slos/{service}/{slo}";
const SERIES_PATH = "/api/v1/slos/{service}/{slo}/series";

/** `fetch` sets the host itself. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/api/v1/slos`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on("error", reject).end();
  });
}

/** Each route with the parameters that it knows. */
const ROUTES = [
  ["/api/v1/slos", ["team", "service", "state", "limit", "cursor"]],
  ["/api/v1/slos/shop/steady", ["at"]],
  ["/api/v1/slos/shop/steady/series", ["from", "to", "points"]],
  ["/api/v1/sources", ["verbose"]],
] as const;
const VALUES = [
  "",
  "0",
  "-1",
  "1",
  "600",
  "1e308",
  "NaN",
  "Infinity",
  "9007199254740993",
  "healthy",
  "shop",
  "null",
  "\u0000",
  "%",
  "'; drop table slos; --",
  "../../etc/passwd",
  "💥",
  "\ud800",
  "a".repeat(3000),
  "MCAwIDE",
  "0000-01-01T00:00:00Z",
  "2026-02-30T00:00:00Z",
  "2026-01-01T00:00:00+14:00",
  "9999-12-31T23:59:59Z",
  "1970-01-01T00:00:00Z",
];

type Pick = <T>(of: readonly T[]) => T;

/** A route with up to three parameters, each of them wrong more often than not. */
function randomQuery(random: () => number): string {
  const pick: Pick = (of) => of[Math.floor(random() * of.length)] as (typeof of)[number];
  const [path, names] = pick(ROUTES);
  const query = new URLSearchParams();
  for (let i = Math.floor(random() * 4); i > 0; i--) query.set(pick<string>(names), mutated(pick));
  return `${path}?${query}`;
}

function mutated(pick: Pick): string {
  const value = pick(VALUES);
  const ways = [(v: string) => v, (v: string) => v.slice(1), (v: string) => v + pick(VALUES)];
  return pick(ways)(value);
}
