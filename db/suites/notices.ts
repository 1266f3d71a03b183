import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { readAudit } from "#db/reads/audit.ts";
import { countNoticeDeliveries, readNoticeDeliveries } from "#db/reads/notices.ts";
import { readReceiver, readReceivers, readSealedReceiver } from "#db/reads/receivers.ts";
import { rowsOf } from "#db/rows.ts";
import { T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import type { By } from "#db/writes/audit.ts";
import { writeNotices } from "#db/writes/notices.ts";
import { noteDead, noteDelivered } from "#db/writes/outbox.ts";
import { LEASE_MS, takeDue } from "#db/writes/outboxTake.ts";
import {
  changeReceiver,
  createReceiver,
  disableReceiver,
  enableReceiver,
  type NewReceiver,
  removeReceiver,
} from "#db/writes/receivers.ts";
import { dropOldNotices, replayDead } from "#db/writes/replays.ts";
import { LOCAL } from "#lib/access/actor.ts";
import { EXAMPLES } from "#lib/notices/examples.ts";
import type { Notice } from "#lib/notices/notice.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const BY: By = { actor: LOCAL, address: null, at: T0 };

export function noticesSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const add = (id: string, of: Partial<NewReceiver> = {}) =>
    createReceiver(db(), BY, {
      ...{ id, name: id, kind: "webhook", host: "hooks.example", team: null, kinds: [] },
      ...{ quietHours: null, sealedUrl: `sealed url of ${id}`, sealedSecret: "sealed secret" },
      ...of,
    });
  const remove = (...ids: string[]) => Promise.all(ids.map((id) => removeReceiver(db(), BY, id)));
  const noticeOf = (key: string, of: object = {}): Notice =>
    ({ ...EXAMPLES["alert-opened"], at: T0, key, ...of }) as Notice;
  const tell = (...notices: Notice[]) => db().transaction((tx) => writeNotices(tx, notices));
  const of = (receiverId: string) => readNoticeDeliveries(db(), { receiverId }, 100);
  const keysOf = async (id: string) => (await of(id)).map(({ notice }) => notice.key).toReversed();

  describe("notices", () => {
    test("reach receivers of their team and of all teams, that asked for their kind", async () => {
      await add("all");
      await add("pay", { team: "pay" });
      await add("sources", { kinds: ["source-unhealthy", "source-recovered"] });
      await add("off");
      await disableReceiver(db(), BY, "off");
      await tell(noticeOf("n-pay", { team: "pay" }), noticeOf("n-web", { team: "web" }), {
        ...EXAMPLES["source-unhealthy"],
        key: "n-source",
      });
      expect(await keysOf("all")).toEqual(["n-pay", "n-web", "n-source"]);
      expect(await keysOf("pay")).toEqual(["n-pay"]);
      expect(await keysOf("sources")).toEqual(["n-source"]);
      expect(await keysOf("off")).toEqual([]);
      await remove("all", "pay", "sources", "off");
    });

    test("are told once by their key, whoever writes them, and not at all when rolled back", async () => {
      await add("once");
      await Promise.all([1, 2, 3, 4].map(() => tell(noticeOf("k-1"), noticeOf("k-2"))));
      const undone = db().transaction(async (tx) => {
        await writeNotices(tx, [noticeOf("k-3")]);
        throw new Error("undone");
      });
      await expect(undone).rejects.toThrow("undone");
      expect((await keysOf("once")).toSorted()).toEqual(["k-1", "k-2"]);
      await remove("once");
    });

    test("two workers that take at once take different ones, of one receiver one", async () => {
      await Promise.all(["t1", "t2", "t3"].map((id) => add(id)));
      await tell(noticeOf("t-1"), noticeOf("t-2"));
      const took = (await Promise.all([1, 2, 3].map(() => takeDue(db(), T0, 8)))).flat();
      expect(took.map(({ receiver }) => receiver.id).toSorted()).toEqual(["t1", "t2", "t3"]);
      expect(await takeDue(db(), T0 + LEASE_MS - 1, 8)).toEqual([]);
      const again = await takeDue(db(), T0 + LEASE_MS, 8);
      expect(again.map(({ deliveries }) => deliveries.map(({ attempts }) => attempts))).toEqual([
        [2],
        [2],
        [2],
      ]);
      await remove("t1", "t2", "t3");
    });

    test("who wakes up after the lease changes nothing", async () => {
      await add("late");
      await tell(noticeOf("late-1"));
      const [first] = await takeDue(db(), T0, 8);
      await takeDue(db(), T0 + LEASE_MS, 8);
      const ids = first?.deliveries.map(({ id }) => id) ?? [];
      const failed = { at: T0, status: 500, reason: "late" };
      expect(await noteDead(db(), { ids, lease: first?.lease ?? 0 }, failed)).toBe(0);
      expect(await of("late")).toMatchObject([{ state: "pending", attempts: 2 }]);
      await remove("late");
    });

    test("what arrived while its receiver was switched off has arrived, and the rest is dropped", async () => {
      await add("midway");
      await tell(noticeOf("mid-1"), noticeOf("mid-2"));
      const [parcel] = await takeDue(db(), T0, 8);
      await disableReceiver(db(), BY, "midway");
      const ids = parcel?.deliveries.map(({ id }) => id) ?? [];
      const held = { ids, lease: parcel?.lease ?? 0 };
      expect(await noteDelivered(db(), held, { at: T0 + 1, status: 200 })).toBe(1);
      expect((await of("midway")).map(({ state }) => state)).toEqual(["dropped", "delivered"]);
      expect(await noteDelivered(db(), held, { at: T0 + 2, status: 200 })).toBe(0);
      await remove("midway");
    });

    test("what was given up is sent again by hand, one or all, but not while the receiver is off", async () => {
      await add("dead");
      await tell(noticeOf("d-1"), noticeOf("d-2"), noticeOf("d-3"));
      await db().execute(
        sql`update notice_deliveries set state = 'dead', attempts = 12, done_at = ${T0}::bigint
          where receiver_id = 'dead'`,
      );
      const [newest] = await of("dead");
      const replay = (delivery: number | null) =>
        replayDead(db(), { ...BY, at: T0 + MINUTE }, { receiverId: "dead", delivery });
      await disableReceiver(db(), BY, "dead");
      expect(await replay(null)).toBe("off");
      await enableReceiver(db(), BY, "dead");
      expect(await replay(newest?.id ?? 0)).toBe(1);
      expect(await replay(newest?.id ?? 0)).toBe(0);
      expect(await replay(null)).toBe(2);
      expect(await of("dead")).toMatchObject(
        Array(3).fill({ state: "pending", attempts: 0, replays: 1, doneAt: null }),
      );
      await remove("dead");
      expect(await replay(null)).toBe("not-found");
      expect(await replayDead(db(), BY, { receiverId: "nobody", delivery: null })).toBe(
        "not-found",
      );
    });

    test("are forgotten when they are old: 90 days after they arrived, 400 when given up", async () => {
      await add("old");
      await tell(noticeOf("o-delivered"), noticeOf("o-dead"), noticeOf("o-pending"));
      await db().execute(
        sql`update notice_deliveries d set done_at = ${T0}::bigint,
            state = replace(n.natural_key, 'o-', '')
          from notices n where n.id = d.notice_id and d.receiver_id = 'old'
            and n.natural_key <> 'o-pending'`,
      );
      const drop = (now: number) =>
        dropOldNotices(db(), { doneBefore: now - 90 * DAY, deadBefore: now - 400 * DAY });
      await drop(T0 + 90 * DAY);
      expect(await keysOf("old")).toEqual(["o-delivered", "o-dead", "o-pending"]);
      await drop(T0 + 90 * DAY + 1);
      expect(await keysOf("old")).toEqual(["o-dead", "o-pending"]);
      await drop(T0 + 400 * DAY + 1);
      expect(await keysOf("old")).toEqual(["o-pending"]);
      const left = await rowsOf(
        db(),
        sql`select from notices where natural_key in ('o-delivered', 'o-dead')`,
      );
      expect(left).toEqual([]);
      const before = await countNoticeDeliveries(db());
      await remove("old");
      expect(await countNoticeDeliveries(db())).toEqual({ ...before, pending: before.pending - 1 });
    });
  });

  describe("receivers", () => {
    test("show neither address nor secret, and the log has neither", async () => {
      await add("shown", { team: "pay" });
      await changeReceiver(db(), BY, {
        id: "shown",
        change: {
          team: "web",
          kinds: ["owed"],
          url: { sealedUrl: "sealed other url", host: "other.example" },
        },
      });
      const found = await readReceiver(db(), "shown");
      expect(found).toMatchObject({ team: "web", kinds: ["owed"], host: "other.example" });
      const log = await readAudit(db(), { subject: "receiver:shown" }, { limit: 5 });
      expect(log.map(({ action }) => action)).toEqual(["receiver.changed", "receiver.created"]);
      expect(log[0]).toMatchObject({
        before: { teams: "pay", kinds: "all", host: "hooks.example" },
        after: { teams: "web", kinds: ["owed"], host: "other.example", address: "changed" },
      });
      expect(JSON.stringify([found, log, await readReceivers(db())])).not.toContain("sealed");
      expect(await readSealedReceiver(db(), "shown")).toMatchObject({
        sealedUrl: "sealed other url",
      });
      await remove("shown");
      expect([await readReceiver(db(), "shown"), await readSealedReceiver(db(), "shown")]).toEqual([
        null,
        null,
      ]);
      const kept = await rowsOf(
        db(),
        sql`select sealed_url, sealed_secret from receivers where id = 'shown'`,
      );
      expect(kept).toEqual([{ sealed_url: "", sealed_secret: null }]);
      expect(await removeReceiver(db(), BY, "shown")).toBe(false);
    });

    test("drop what waits when they are switched off, and are listed with what became of it", async () => {
      await add("listed", { team: "listed" });
      await tell(noticeOf("l-1", { team: "listed" }));
      const listed = async () => (await readReceivers(db(), { teams: ["listed"] }))[0];
      expect(await listed()).toMatchObject({ id: "listed", pending: 1, dead: 0 });
      expect(await enableReceiver(db(), BY, "listed")).toBe(false);
      expect(await disableReceiver(db(), BY, "listed")).toBe(true);
      expect(await disableReceiver(db(), BY, "listed")).toBe(false);
      expect(await listed()).toMatchObject({ pending: 0, disabledReason: "by hand" });
      expect(await of("listed")).toMatchObject([{ state: "dropped", attempts: 0 }]);
      await remove("listed");
    });

    test("in new quiet hours, what waited for the end of the old ones is looked at anew", async () => {
      const quiet = (from: string, to: string) => ({ zone: "UTC", from, to });
      await add("quiet", { quietHours: quiet("23:00", "07:00") });
      await tell(noticeOf("q-1", { severity: "ticket" }));
      expect(await takeDue(db(), T0, 8)).toEqual([]);
      expect(await of("quiet")).toMatchObject([{ nextAt: T0 + 7 * 60 * MINUTE }]);
      const by = { ...BY, at: T0 + MINUTE };
      await changeReceiver(db(), by, { id: "quiet", change: { quietHours: null } });
      expect(await takeDue(db(), T0 + MINUTE, 8)).toHaveLength(1);
      await remove("quiet");
    });
  });
}
