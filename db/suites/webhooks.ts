import { describe, expect, test } from "vitest";
import { readAudit } from "#db/reads/audit.ts";
import { readDeliveries, readSealedSecrets, readWebhookSecrets } from "#db/reads/webhooks.ts";
import type { SignedWebhook } from "#db/schema/index.ts";
import { T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import type { By } from "#db/writes/audit.ts";
import {
  createWebhookSecret,
  dropOldDeliveries,
  type NewDelivery,
  revokeWebhookSecret,
  storeDelivery,
  touchWebhookSecret,
} from "#db/writes/webhooks.ts";
import { LOCAL } from "#lib/access/actor.ts";
import { MINUTE } from "#lib/time/duration.ts";

const BY: By = { actor: LOCAL, address: "10.0.0.3", at: T0 };

export function webhooksSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const make = (source: SignedWebhook, id: string, at = T0) =>
    createWebhookSecret(
      db(),
      { ...BY, at },
      { id, source, sealed: `sealed ${id}`, hint: id.slice(-4) },
    );
  const revoke = (source: SignedWebhook, id: string) =>
    revokeWebhookSecret(db(), BY, { source, id });
  const live = async (source: SignedWebhook) =>
    (await readSealedSecrets(db(), source)).map(({ id }) => id);
  const shown = async (id: string) =>
    (await readWebhookSecrets(db())).find((secret) => secret.id === id);
  const actions = async (source: SignedWebhook) =>
    (await readAudit(db(), { subject: `webhook:${source}` }, { limit: 50 })).map((row) => [
      row.action,
      row.after ?? row.before,
    ]);

  describe("secrets of webhooks", () => {
    test("two of a source may live; each change is in the audit log, without the secret", async () => {
      expect(await make("github", "first", T0)).toBe(true);
      expect(await make("github", "second", T0 + 1)).toBe(true);
      expect(await make("github", "third", T0 + 2)).toBe(false);
      expect(await live("github")).toEqual(["first", "second"]);
      expect(await revoke("github", "first")).toBe(true);
      expect(await make("github", "third", T0 + 3)).toBe(true);
      expect(await live("github")).toEqual(["second", "third"]);
      const log = await actions("github");
      expect(log).toHaveLength(4);
      expect(log).toContainEqual(["webhook-secret.created", { id: "first", hint: "irst" }]);
      expect(log).toContainEqual(["webhook-secret.revoked", { id: "first", hint: "irst" }]);
      expect(JSON.stringify(log)).not.toContain("sealed");
      for (const id of ["second", "third"]) await revoke("github", id);
    });

    test("of five made at once, two live", async () => {
      const made = await Promise.all(
        [1, 2, 3, 4, 5].map((n) => make("pagerduty", `at-once-${n}`, T0 + n)),
      );
      expect(made.filter(Boolean)).toHaveLength(2);
      const alive = await live("pagerduty");
      expect(alive).toHaveLength(2);
      for (const id of alive) await revoke("pagerduty", id);
    });

    test("one is revoked once, and only as its own source's", async () => {
      await make("github", "once");
      expect(await revoke("pagerduty", "once")).toBe(false);
      expect(await revoke("github", "nothing")).toBe(false);
      const tries = await Promise.all([revoke("github", "once"), revoke("github", "once")]);
      expect(tries.filter(Boolean)).toHaveLength(1);
      expect((await actions("github")).filter(([, what]) => isOf("once", what))).toHaveLength(2);
    });

    test("what is shown of one never holds the secret", async () => {
      await make("github", "listed");
      expect(await shown("listed")).toEqual({
        id: "listed",
        source: "github",
        hint: "sted",
        createdBy: "local (sign-in is off)",
        createdAt: T0,
        lastUsedAt: null,
      });
      await revoke("github", "listed");
      expect(await shown("listed")).toBeUndefined();
    });

    test("a use is noted at most once a minute", async () => {
      await make("github", "used");
      const usedAt = async (at: number) => {
        await touchWebhookSecret(db(), "used", at);
        return (await shown("used"))?.lastUsedAt;
      };
      expect(await usedAt(T0)).toBe(T0);
      expect(await usedAt(T0 + MINUTE)).toBe(T0);
      expect(await usedAt(T0 - 1)).toBe(T0);
      expect(await usedAt(T0 + MINUTE + 1)).toBe(T0 + MINUTE + 1);
      await revoke("github", "used");
    });
  });

  const delivery = (of: Partial<NewDelivery>): NewDelivery => ({
    source: "github",
    deliveryId: "d",
    event: "push",
    body: "{}",
    receivedAt: T0,
    ...of,
  });
  const kept = async (prefix: string) =>
    (await readDeliveries(db(), 1_000)).filter((row) => row.deliveryId.startsWith(prefix));

  describe("deliveries of webhooks", () => {
    test("one is kept once, as it first came, however often it arrives", async () => {
      const first = delivery({ deliveryId: "dup-1", body: "grüße 🛶" });
      const again = { ...first, event: "pull_request", body: "other", receivedAt: T0 + 1 };
      const stored = await Promise.all([first, ...Array(9).fill(again)].map(tryStore));
      expect(stored.filter(Boolean)).toHaveLength(1);
      expect(await kept("dup-")).toHaveLength(1);
      expect(await storeDelivery(db(), { ...first, source: "pagerduty" })).toBe(true);
      expect(await kept("dup-")).toHaveLength(2);
    });
    const tryStore = (one: NewDelivery) => storeDelivery(db(), one);

    test("the newest come first, with their size and without their bodies", async () => {
      for (const [i, body] of ["{}", '{"é":1}', ""].entries()) {
        await tryStore(delivery({ deliveryId: `new-${i}`, body, receivedAt: T0 + MINUTE + i }));
      }
      const rows = await kept("new-");
      expect(rows.map((row) => [row.deliveryId, row.bytes])).toEqual([
        ["new-2", 0],
        ["new-1", 8],
        ["new-0", 2],
      ]);
      expect(rows[0]).toMatchObject({ processedAt: null, error: null, event: "push" });
      expect(rows[0]).not.toHaveProperty("body");
      expect(await readDeliveries(db(), 2)).toHaveLength(2);
    });

    test("those from before a time are forgotten, and may come again", async () => {
      const ages = [-3, -2, -1, 0].map((n) => T0 - 100 * MINUTE + n);
      for (const [i, receivedAt] of ages.entries()) {
        await tryStore(delivery({ deliveryId: `old-${i}`, receivedAt }));
      }
      expect(await dropOldDeliveries(db(), T0 - 100 * MINUTE - 1)).toBe(2);
      expect((await kept("old-")).map((row) => row.deliveryId)).toEqual(["old-3", "old-2"]);
      expect(await tryStore(delivery({ deliveryId: "old-0" }))).toBe(true);
    });
  });
}

function isOf(id: string, what: unknown): boolean {
  return typeof what === "object" && what !== null && "id" in what && what.id === id;
}
