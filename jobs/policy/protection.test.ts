import { generateKeyPairSync } from "node:crypto";
import { PgBoss } from "pg-boss";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callbackPath } from "#collectors/github/protection.ts";
import type { Config } from "#config/config.ts";
import type { ServiceSettings } from "#config/delivery.ts";
import type { Store } from "#db/client.ts";
import { readGateLog } from "#db/reads/gateLog.ts";
import { readDeliveries } from "#db/reads/webhooks.ts";
import { gateDecisions, webhookDeliveries } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { takeAnew } from "#db/writes/inbox.ts";
import { storeDelivery } from "#db/writes/webhooks.ts";
import { sampleWorld } from "#demo/github/sample.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import { readInbox } from "#jobs/delivery/webhooks.ts";
import { type Protection, protect, protectionOf } from "#jobs/policy/protection.ts";
import { sendProtection, startProtection } from "#jobs/policy/protectionQueue.ts";
import { DEFAULT_GATE_RULES, type GateRules } from "#lib/policy/gateRules.ts";

const NOW = Date.UTC(2026, 2, 1);
const SHA = "dc16c5b1f0a94c5e8f3b0f7a6b9d2c1e4f5a6b7c";
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

let store: Store;
let github: GithubStandIn;

beforeAll(async () => {
  store = await testStore();
}, 60_000);
afterAll(() => store.close());
beforeEach(async () => {
  const app = { id: "7", publicKey, installationId: 9 };
  github = await startGithub({ world: sampleWorld(NOW).world, clock: Date.now, tokens: [], app });
});
afterEach(async () => {
  await github.close();
  for (const table of [gateDecisions, webhookDeliveries]) await store.db.delete(table);
});

function service(name: string, of: Partial<ServiceSettings> = {}): ServiceSettings {
  return {
    ...{ name, team: null, repository: { owner: "acme", name: "checkout" }, environments: null },
    ...{ production: "^prod", deployments: "auto", tags: null, workflow: null, paths: null },
    ...of,
  };
}

function protectionAt(
  rules: GateRules = DEFAULT_GATE_RULES,
  services: readonly ServiceSettings[] = [service("checkout")],
  signedBy = privateKey,
): Protection {
  const key = signedBy.export({ type: "pkcs8", format: "pem" }).toString();
  const settings: NonNullable<Config["delivery"]["github"]> = {
    url: github.url,
    app: { id: "7", privateKey: key, installationId: "9" },
    ...{ production: "^prod", historyMs: 1, timeoutMs: 5_000, excludeBots: false },
  };
  const delivery = { github: settings, incidents: {}, services, production: "^prod" };
  const config = { gate: rules, publicUrl: "https://plimsoll.example", delivery };
  const made = protectionOf({ db: store.db, config, clock: () => NOW });
  if (!made) throw new RangeError("no GitHub");
  return made;
}

function asked(of: object = {}): string {
  return JSON.stringify({
    action: "requested",
    environment: "production",
    deployment_callback_url: `${github.url}/repos/acme/checkout/actions/runs/5/deployment_protection_rule`,
    deployment: { sha: SHA },
    repository: { full_name: "acme/checkout" },
    ...of,
  });
}
const signal = AbortSignal.timeout(120_000);
const dry: GateRules = { default: { mode: "dry-run", unknown: "closed" }, environments: [] };
const open: GateRules = { default: { mode: "enforce", unknown: "open" }, environments: [] };

describe("a question of GitHub's", () => {
  test("is answered with the App's token at its callback, and the answer is logged", async () => {
    expect(await protect(protectionAt(), asked(), signal)).toEqual({ error: null });
    expect(github.desk.protection).toEqual([
      {
        ...{ repository: "acme/checkout", run: "5", environment: "production" },
        ...{ state: "rejected", comment: expect.stringContaining("**checkout: unknown.**") },
      },
    ]);
    expect(await readGateLog(store.db, { limit: 9 })).toMatchObject([
      {
        ...{ surface: "github", service: "checkout", environment: "production", sha: SHA },
        ...{ decision: "unknown", proceed: false, askedByName: "acme/checkout", at: NOW },
      },
    ]);
  });

  test.each([
    ["dry run", dry, /dry run/],
    ["where unknown is open", open, /what is unknown goes on/],
  ])("is approved with the reason in %s", async (_, rules, words) => {
    await protect(protectionAt(rules), asked(), signal);
    expect(github.desk.protection).toMatchObject([
      { state: "approved", comment: expect.stringMatching(words) },
    ]);
  });

  test("is about every service of the repository whose environment it is", async () => {
    const services = [
      service("cart", { environments: "^cart-" }),
      service("checkout", { environments: "^prod" }),
      service("pay", { environments: "^prod" }),
      service("other", { repository: { owner: "acme", name: "other" } }),
    ];
    await protect(protectionAt(DEFAULT_GATE_RULES, services), asked(), signal);
    const log = await readGateLog(store.db, { limit: 9 });
    expect(log.map((row) => row.service).sort()).toEqual(["checkout", "pay"]);
  });

  test("of a repository that no service names is unknown by its own name", async () => {
    await protect(protectionAt(DEFAULT_GATE_RULES, []), asked(), signal);
    expect(github.desk.protection[0]?.comment).toContain("checkout has no SLO");
  });

  test("that wants its answer elsewhere is not answered at all", async () => {
    const url = "http://127.0.0.1:9/repos/acme/checkout/actions/runs/5/deployment_protection_rule";
    const { error } = await protect(
      protectionAt(),
      asked({ deployment_callback_url: url }),
      signal,
    );
    expect(error).toMatch(/another address than the configured GitHub's/);
    expect(github.desk.protection).toEqual([]);
  });

  test("that GitHub refuses for our key is tried again, and not listed as answered", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const refused = protect(protectionAt(DEFAULT_GATE_RULES, [], other), asked(), signal);
    await expect(refused).rejects.toMatchObject({ httpStatus: 401 });
    expect(await readGateLog(store.db, { limit: 9 })).toEqual([]);
  });

  test("that was answered before is listed with GitHub's words", async () => {
    const protection = protectionAt();
    await protect(protection, asked(), signal);
    const { error } = await protect(protection, asked(), signal);
    expect(error).toMatch(/HTTP 422: There is no pending/);
    expect(github.desk.protection).toHaveLength(1);
  });

  test.each([
    ["is none", "[]", /not what GitHub sends/],
    ["is of another kind", asked0({ action: "withdrawn" }), null],
  ])("that %s is done without an answer", async (_, body, words) => {
    const { error } = await protect(protectionAt(), body, signal);
    if (words) expect(error).toMatch(words);
    else expect(error).toBeNull();
    expect(await readGateLog(store.db, { limit: 9 })).toEqual([]);
  });

  test("stays open, and is not logged, while GitHub is down", async () => {
    github.fault = { kind: "down" };
    await expect(protect(protectionAt(), asked(), signal)).rejects.toThrow(/github/);
    expect(await readGateLog(store.db, { limit: 9 })).toEqual([]);
  });
});

function asked0(of: object): string {
  const repository = { full_name: "acme/checkout" };
  const url = "http://h/repos/acme/checkout/actions/runs/5/deployment_protection_rule";
  return JSON.stringify({ environment: "p", repository, deployment_callback_url: url, ...of });
}

describe("where an answer goes", () => {
  const path = "/repos/acme/checkout/actions/runs/5/deployment_protection_rule";
  const at = (url: string, callback: string, full_name = "acme/checkout") =>
    callbackPath({ url }, { deployment_callback_url: callback, repository: { full_name } });
  const API = "https://api.github.com";

  test.each([
    [API, `${API}${path}`],
    [`${API}/`, `${API}${path}`],
    ["https://git.example/api/v3", `https://git.example/api/v3${path}`],
  ])("%s may be asked at %s", (url, callback) => expect(at(url, callback)).toBe(path));

  test.each([
    `https://evil.example${path}`,
    `https://api.github.com.evil.example${path}`,
    `https://api.github.com@evil.example${path}`,
    `http://api.github.com${path}`,
    `${API}${path}/../../../../../user`,
    `${API}${path}?x=1`,
    `${API}/repos/acme/../other/actions/runs/5/deployment_protection_rule`,
    `${API}/repos/acme/other/actions/runs/5/deployment_protection_rule`,
    `${API}/user`,
    "",
  ])("not at %s", (callback) => expect(at(API, callback)).toBeNull());
});

test("each stored question is answered once by the queue, and tried again while GitHub is down", async () => {
  const protection = protectionAt();
  const boss = new PgBoss({ ...store.boss, schema: "pgboss", schedule: false });
  await boss.start();
  await startProtection(boss, protection);
  github.fault = { kind: "down", times: 1 };
  const stored = { source: "github", receivedAt: NOW } as const;
  const event = "deployment_protection_rule";
  await storeDelivery(store.db, { ...stored, deliveryId: "a", event, body: asked() });
  await storeDelivery(store.db, { ...stored, deliveryId: "b", event, body: "[]" });
  const inbox = { db: store.db, sources: new Set(["github"]), clock: () => NOW };
  await readInbox({ ...inbox, kick: async () => true });
  await Promise.all([1, 2, 3].map(() => sendProtection(boss, protection)));
  const done = async () => {
    await sendProtection(boss, protection);
    return (await readDeliveries(store.db)).map(({ processedAt, error }) => [processedAt, error]);
  };
  await expect.poll(done, { timeout: 60_000, interval: 200 }).toEqual([
    [NOW, "the delivery is not what GitHub sends for this event"],
    [NOW, null],
  ]);
  expect(github.desk.protection).toHaveLength(1);
  github.desk.protection.length = 0;
  await store.db.update(webhookDeliveries).set({ error: "given up" });
  expect(await takeAnew(store.db, { source: "github", deliveryId: "a" })).toBe(true);
  const answered = async () => (await done())[1];
  await expect.poll(answered, { timeout: 60_000, interval: 200 }).toEqual([NOW, null]);
  expect(github.desk.protection).toHaveLength(1);
  await boss.stop({ graceful: true, timeout: 5_000 });
}, 90_000);
