import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import { GET } from "#app/api/v1/gate/route.ts";
import { gateAnswer } from "#app/api/v1/gate/schema.ts";
import { failure } from "#app/api/v1/schemas.ts";
import { ask } from "#app/api/v1/testing.ts";
import { withToken } from "#app/api/webhooks/testing.ts";
import { gateShape } from "#config/gate.ts";
import type { Store } from "#db/connection.ts";
import { readCatalog } from "#db/reads/catalog.ts";
import { readGateLog } from "#db/reads/gateLog.ts";
import { gateDecisions } from "#db/schema/index.ts";
import { inForce } from "#db/suites/definitions.ts";
import { evaluated } from "#db/suites/evaluations.ts";
import { testStore } from "#db/testing.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveEvaluations } from "#db/writes/evaluations.ts";

const SHA = "dc16c5b1f0a94c5e8f3b0f7a6b9d2c1e4f5a6b7c";

let store: Store;
let ci: Readonly<Record<string, string>>;
let reader: Readonly<Record<string, string>>;

beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  const now = Date.now();
  const slo = inForce({ service: "checkout", name: "availability" });
  await applyCatalog(store.db, { documents: [], slos: [slo], now });
  const rows = (await readCatalog(store.db)).map((row) => evaluated(row, { at: now }));
  const frozen = rows.map(({ slo, evaluation }) => ({
    slo,
    evaluation: { ...evaluation, detail: { ...evaluation.detail, blocks: true } },
  }));
  await saveEvaluations(store.db, frozen);
  ci = await withToken(store, { scopes: ["gate"], team: null });
  reader = await withToken(store, { scopes: ["read"], team: null });
});
beforeEach(() => store.db.delete(gateDecisions));
afterAll(async () => {
  release();
  await store.close();
});

const gate = (query: string, headers = ci) => ask(GET, headers, { query });

describe("GET /api/v1/gate", () => {
  test("answers as its schema says and logs what it answered, with who asked from where", async () => {
    const { status, answer } = await gate(`?service=checkout&sha=${SHA}&surface=cli`);
    expect(status).toBe(200);
    const read = gateAnswer.parse(answer);
    expect(read).toMatchObject({
      ...{ decision: "block", proceed: false, mode: "enforce", sha: SHA },
      ...{ environment: "production", change: "feature" },
    });
    expect(read.reasons).toMatchObject([{ slo: "availability", consumed: 0.5 }]);
    expect(await readGateLog(store.db, { limit: 9 })).toMatchObject([
      { surface: "cli", service: "checkout", decision: "block", sha: SHA, answer: read },
    ]);
  });

  test("answers 200 about a service that it does not know: unknown, which is held up", async () => {
    const { status, answer } = await gate("?service=nothing");
    expect([status, gateAnswer.parse(answer).decision]).toEqual([200, "unknown"]);
    expect(answer).toMatchObject({ proceed: false, reasons: [] });
  });

  test("does what the environment's rule says", async () => {
    const environments = { staging: { mode: "dry-run" }, "/^preview/": { mode: "dry-run" } };
    serveFrom(store, { gate: gateShape.parse({ environments }) });
    const proceeds = async (environment: string) => {
      const { answer } = await gate(`?service=checkout&environment=${environment}`);
      const { decision, proceed } = gateAnswer.parse(answer);
      return `${decision} ${proceed}`;
    };
    expect(await proceeds("staging")).toBe("block true");
    expect(await proceeds("preview-7")).toBe("block true");
    expect(await proceeds("production")).toBe("block false");
    serveFrom(store);
  });

  test.each([
    ["", "service"],
    ["?service=", "service"],
    [`?service=${"x".repeat(201)}`, "service"],
    ["?service=a&change=hotfix", "change"],
    ["?service=a&sha=main", "sha"],
    ["?service=a&env=staging", "env"],
    ["?service=a&service=b", "service"],
    ["?service=a%00", "service"],
  ])("refuses %j by the name of what is wrong, and logs nothing", async (query, field) => {
    const { status, answer } = await gate(query);
    expect(status).toBe(400);
    expect(failure.parse(answer).error.details.map((detail) => detail.field)).toContain(field);
    expect(await readGateLog(store.db, { limit: 9 })).toEqual([]);
  });

  test("is not for a token without its scope", async () => {
    expect((await gate("?service=checkout", reader)).status).toBe(403);
  });
});
