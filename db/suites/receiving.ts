import { beforeEach, describe, expect, test } from "vitest";
import { readAudit } from "#db/reads/audit.ts";
import { readDeliveryFacts } from "#db/reads/delivery.ts";
import { readDeploymentPage, readIncidentPage } from "#db/reads/deliveryPages.ts";
import { batch, deliveryTables } from "#db/suites/deliveries.ts";
import type { Bench } from "#db/suites/suite.ts";
import type { By } from "#db/writes/audit.ts";
import { saveDelivery } from "#db/writes/delivery.ts";
import { type HandedDeployment, receiveDeployment, receiveIncident } from "#db/writes/receiving.ts";
import { LOCAL } from "#lib/access/actor.ts";
import { commitChange, type PostedStatus } from "#lib/dora/posted.ts";
import { at, deployed, incident } from "#lib/dora/testing.ts";

const SHOP = { service: "shop", repository: "shop" };

const BY: By = { actor: LOCAL, address: null, at: at(100) };

function handed(id: string, status: PostedStatus, at: number): HandedDeployment {
  const commit = { sha: "c", authoredAt: at };
  return {
    message: {
      ...{ id, service: "shop", environment: "production", sha: "a", ref: null, status },
      ...{ startedAt: null, finishedAt: status === "in_progress" ? null : at, url: null },
      creator: "ci",
    },
    cargo: { previousSha: null, shas: ["c"] },
    changes: [commitChange(SHOP, commit)],
    team: "shop",
  };
}

export function receivingSuite(bench: Bench): void {
  const db = () => bench.store().db;
  beforeEach(async () => {
    for (const table of deliveryTables) await db().delete(table);
  });

  describe("what is handed in", () => {
    test("at once, by many, is new to one of them, whatever is collected meanwhile", async () => {
      const many = Array.from({ length: 12 }, (_, n) => n);
      const received = many.map((n) =>
        receiveDeployment(db(), BY, handed("api:1", n % 2 ? "success" : "in_progress", at(2))),
      );
      const told = many.map((n) =>
        receiveIncident(db(), BY, { id: "api:i", service: "shop", title: `${n}`, team: null }),
      );
      const collected = many.map((n) =>
        saveDelivery(
          db(),
          batch("hub", {
            deployments: [deployed(`d${n}`, n)],
            changes: [{ ...commitChange(SHOP, { sha: "c", authoredAt: 0 }), title: "Told" }],
            incidents: [incident(`i${n}`, { from: n, to: null })],
          }),
          at(100),
        ),
      );
      await Promise.all([...received, ...told, ...collected]);
      const isNew = async (all: readonly Promise<{ isNew: boolean } | null>[]) =>
        (await Promise.all(all)).filter((one) => one?.isNew).length;
      expect([await isNew(received), await isNew(told)]).toEqual([1, 1]);
      const { records, changes, incidents } = await readDeliveryFacts(db());
      expect([records.length, incidents.length]).toEqual([13, 13]);
      const one = records.find(({ id }) => id === "api:1");
      expect(one?.statuses.map(({ state }) => state)).toEqual(["success", "in_progress"]);
      expect(changes).toMatchObject([{ id: "commit:shop:c", title: "Told" }]);
      const log = await readAudit(db(), { subject: "deployment:api:1" }, { limit: 20 });
      expect(log.map(({ action }) => action)).toEqual(Array(2).fill("deployment.received"));
    });

    test("corrects the times that were told before, and repeats nothing", async () => {
      const one = handed("api:2", "success", at(2));
      const corrected = {
        ...one,
        message: { ...one.message, startedAt: at(1), finishedAt: at(3) },
      };
      for (const message of [one, one, corrected, corrected]) {
        await receiveDeployment(db(), BY, message);
      }
      const late = handed("api:2", "in_progress", at(2)).message;
      await receiveDeployment(db(), BY, { ...one, message: { ...late, startedAt: at(1.5) } });
      const { records } = await readDeliveryFacts(db());
      expect(records).toMatchObject([
        {
          createdAt: at(1.5),
          statuses: [
            { state: "in_progress", at: at(1.5) },
            { state: "success", at: at(3) },
          ],
        },
      ]);
      const log = await readAudit(db(), { subject: "deployment:api:2" }, { limit: 20 });
      expect(log.map(({ action }) => action)).toEqual([
        "deployment.corrected",
        "deployment.received",
        "deployment.received",
      ]);
    });

    test("about an incident without a title, the first time, is nothing", async () => {
      const untitled = { id: "api:x", service: "shop", resolvedAt: at(3), team: null };
      expect(await receiveIncident(db(), BY, untitled)).toBeNull();
      expect((await readDeliveryFacts(db())).incidents).toEqual([]);
    });
  });

  test("pages of deployments and incidents hold each once, newest first", async () => {
    const ids = ["a", "B", "b:é", "z", "Z-1", "_"];
    const deployments = ids.map((id, n) => deployed(id, n % 2));
    const incidents = ids.map((id, n) => incident(id, { from: n % 2, to: null }));
    await saveDelivery(db(), batch("hub", { deployments, incidents }), at(9));
    for (const read of [readDeploymentPage, readIncidentPage]) {
      const seen: string[] = [];
      let page = await read(db(), { limit: 2 });
      for (;;) {
        seen.push(...page.rows.map(({ id }) => id));
        if (!page.next) break;
        page = await read(db(), { limit: 2, after: page.next });
      }
      expect(seen.toSorted()).toEqual(ids.toSorted());
      expect(new Set(seen.slice(0, 3))).toEqual(new Set(["B", "z", "_"]));
    }
  });
}
