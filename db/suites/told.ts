import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db } from "#db/connection.ts";
import { readCatalog } from "#db/reads/catalog.ts";
import { readNoticeDeliveries } from "#db/reads/notices.ts";
import { rowsOf } from "#db/rows.ts";
import { inForce, T0 } from "#db/suites/definitions.ts";
import { evaluated, type Outcome } from "#db/suites/evaluations.ts";
import type { Bench } from "#db/suites/suite.ts";
import type { By } from "#db/writes/audit.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { lockEvaluations, saveEvaluations } from "#db/writes/evaluations.ts";
import { createReceiver, removeReceiver } from "#db/writes/receivers.ts";
import { dropOldNotices } from "#db/writes/replays.ts";
import { saveStatus } from "#db/writes/status.ts";
import { LOCAL } from "#lib/access/actor.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const BY: By = { actor: LOCAL, address: null, at: T0 };

/** What receivers are told of evaluations. */
export function toldSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const add = (id: string) =>
    createReceiver(db(), BY, {
      ...{ id, name: id, kind: "webhook", host: "hooks.example", team: null, kinds: [] },
      ...{ quietHours: null, sealedUrl: `sealed url of ${id}`, sealedSecret: "sealed secret" },
    });
  const remove = (id: string) => removeReceiver(db(), BY, id);
  /** What was told of the SLO of a receiver's name: other tests' SLOs go out of force meanwhile. */
  const of = async (receiverId: string) =>
    (await readNoticeDeliveries(db(), { receiverId }, 100)).filter(
      ({ notice }) => "slo" in notice && notice.slo === `${receiverId}-notices`,
    );
  const tier = (name: string, severity: "page" | "ticket", at: number) => ({
    ...{ tier: name, severity, since: at },
  });
  const minute = (at: number) => T0 + at * MINUTE;
  const alertsOf = async (id: string) =>
    (await of(id))
      .flatMap(({ notice }) => {
        if (notice.kind !== "alert-opened" && notice.kind !== "alert-resolved") return [];
        const { alert, startedAt, tier: began } = notice;
        return [{ kind: notice.kind, alert, startedAt, tier: began }];
      })
      .toReversed();
  /** An SLO alone in force; gives what evaluates it. */
  async function sloOf(name: string, now = T0) {
    const path = `${name}.yaml`;
    const slo = { ...inForce({ service: "notices", name, team: "pay" }), path };
    const document = { path, hash: "1", dialect: "plain", findings: [], goodContent: "" } as const;
    await applyCatalog(db(), { documents: [document], slos: [slo], now });
    const read = async () => {
      const found = (await readCatalog(db())).find((each) => each.name === name);
      if (!found) throw new Error(name);
      return found;
    };
    return async (outcome: Outcome) => saveEvaluations(db(), [evaluated(await read(), outcome)]);
  }
  const withdraw = (now: number) => applyCatalog(db(), { documents: [], slos: [], now });

  describe("evaluations", () => {
    const said = async (id: string) =>
      (await of(id))
        .map(({ notice }) => ("tier" in notice ? `${notice.kind} ${notice.severity}` : notice.kind))
        .toReversed();

    test("tell of a change of policy state once, with what it asks for", async () => {
      await add("policy");
      const evaluate = await sloOf("policy-notices");
      const transition = { from: "Healthy", to: "Freeze", cause: "budget" } as const;
      await evaluate({ at: T0, remaining: -0.2, transition });
      await evaluate({ at: T0 + MINUTE, remaining: -0.2 });
      const [first] = await of("policy");
      expect(first?.notice).toMatchObject({
        ...{ kind: "policy-changed", service: "notices", slo: "policy-notices", team: "pay" },
        ...{ from: "Healthy", to: "Freeze", action: "Freeze", consumed: 1.2, at: T0 },
      });
      expect(await of("policy")).toHaveLength(1);
      await remove("policy");
    });

    test("of an aspirational SLO tell no action: it asks for nothing", async () => {
      await add("wish");
      const evaluate = await sloOf("wish-notices");
      const transition = { from: "Healthy", to: "Freeze", cause: "budget" } as const;
      await evaluate({ at: T0, remaining: -0.2, transition, enforced: false });
      expect((await of("wish")).map(({ notice }) => notice)).toMatchObject([
        { to: "Freeze", action: null },
      ]);
      await remove("wish");
    });

    test("tell when the worst severity of alerts changes, not of every tier", async () => {
      await add("burning");
      const evaluate = await sloOf("burning-notices");
      const [page, slow, ticket] = [
        tier("page-fast", "page", T0 + 2 * MINUTE),
        tier("page-slow", "page", T0 + 3 * MINUTE),
        tier("ticket-slow", "ticket", T0 + MINUTE),
      ];
      const firing = [[], [ticket], [page, ticket], [page, slow, ticket], [slow, ticket]];
      for (const [i, tiers] of [...firing, [ticket], []].entries()) {
        await evaluate({ at: T0 + i * MINUTE, firing: tiers });
      }
      expect(await said("burning")).toEqual([
        "alert-opened ticket",
        "alert-opened page",
        "alert-resolved page",
        "alert-resolved ticket",
      ]);
      await remove("burning");
    });

    test("an alert that is over has the beginning, the tier and the id that were told, whichever tier ends last", async () => {
      await add("spell");
      const evaluate = await sloOf("spell-notices");
      const [fast, slow] = [
        tier("page-fast", "page", minute(1)),
        tier("page-slow", "page", minute(3)),
      ];
      const again = tier("page-fast", "page", minute(5));
      const firing = [[], [fast], [fast], [fast, slow], [slow], [again, slow], [again], [], []];
      for (const [i, tiers] of firing.entries()) await evaluate({ at: minute(i), firing: tiers });
      const handed = [tier("page-fast", "page", minute(20)), tier("page-slow", "page", minute(21))];
      for (const [i, one] of handed.entries())
        await evaluate({ at: minute(20 + i), firing: [one] });
      await evaluate({ at: minute(22) });
      const [first, ...told] = await alertsOf("spell");
      const id = first?.alert.split(":")[0];
      const spell = (at: number) => ({
        ...{ alert: `${id}:page:${minute(at)}`, startedAt: minute(at), tier: "page-fast" },
      });
      expect([first, ...told]).toEqual([
        { kind: "alert-opened", ...spell(1) },
        { kind: "alert-resolved", ...spell(1) },
        { kind: "alert-opened", ...spell(20) },
        { kind: "alert-resolved", ...spell(20) },
      ]);
      await remove("spell");
    });

    test("a ticket that began during a page is told when the page is over, and its end once", async () => {
      await add("ticket");
      const evaluate = await sloOf("ticket-notices");
      const page = tier("page-fast", "page", minute(1));
      const ticket = tier("ticket-slow", "ticket", minute(2));
      for (const [i, tiers] of [[], [page], [page, ticket], [ticket], []].entries()) {
        await evaluate({ at: minute(i), firing: tiers });
      }
      expect((await alertsOf("ticket")).map(({ kind, startedAt }) => [kind, startedAt])).toEqual([
        ["alert-opened", minute(1)],
        ["alert-resolved", minute(1)],
        ["alert-opened", minute(2)],
        ["alert-resolved", minute(2)],
      ]);
      await remove("ticket");
    });

    test("of tickets that both began during a page the earlier one is told, and its end, whichever ends last", async () => {
      await add("tickets");
      const evaluate = await sloOf("tickets-notices");
      const page = tier("page-fast", "page", minute(1));
      const slow = tier("ticket-slow", "ticket", minute(2));
      const fast = tier("ticket-fast", "ticket", minute(3));
      const firing = [[], [page], [page, slow], [page, fast, slow], [fast, slow], [slow], []];
      for (const [i, tiers] of firing.entries()) await evaluate({ at: minute(i), firing: tiers });
      expect((await alertsOf("tickets")).slice(2)).toMatchObject([
        { kind: "alert-opened", startedAt: minute(2), tier: "ticket-slow" },
        { kind: "alert-resolved", startedAt: minute(2), tier: "ticket-slow" },
      ]);
      await remove("tickets");
    });

    test("everything that was told is over at once when all ends, and nothing is told twice within a minute", async () => {
      await add("both");
      const evaluate = await sloOf("both-notices");
      const ticket = tier("ticket-slow", "ticket", minute(1));
      const page = tier("page-fast", "page", minute(2));
      for (const [i, tiers] of [[], [ticket], [page, ticket], []].entries()) {
        await evaluate({ at: minute(i), firing: tiers });
      }
      await evaluate({ at: minute(3), firing: [tier("page-fast", "page", minute(3))] });
      await evaluate({ at: minute(4) });
      expect((await alertsOf("both")).map(({ kind, startedAt }) => [kind, startedAt])).toEqual([
        ["alert-opened", minute(1)],
        ["alert-opened", minute(2)],
        ["alert-resolved", minute(2)],
        ["alert-resolved", minute(1)],
        ["alert-opened", minute(3)],
        ["alert-resolved", minute(3)],
      ]);
      await remove("both");
    });

    test("two changes of policy state within a minute are both told", async () => {
      await add("swift");
      const evaluate = await sloOf("swift-notices");
      const freeze = { from: "Healthy", to: "Freeze", cause: "budget" } as const;
      await evaluate({ at: T0, transition: freeze });
      const review = { from: "Freeze", to: "Review", cause: "definition" } as const;
      await evaluate({ at: T0, transition: review });
      const told = (await of("swift")).map(({ notice }) => "to" in notice && notice.to);
      expect(told).toEqual(["Review", "Freeze"]);
      await remove("swift");
    });

    test("an SLO taken out of force ends what was told of it, and tells it anew when it comes back", async () => {
      await add("gone");
      const evaluate = await sloOf("gone-notices");
      const transition = { from: "Healthy", to: "Freeze", cause: "budget" } as const;
      const page = tier("page-fast", "page", minute(1));
      await evaluate({ at: minute(0) });
      await evaluate({ at: minute(1), firing: [page], transition });
      await withdraw(minute(2));
      await withdraw(minute(3));
      const back = await sloOf("gone-notices", minute(4));
      const later = tier("page-fast", "page", minute(5));
      const asked = { from: "Freeze", to: "Freeze", cause: "budget" } as const;
      await back({ at: minute(5), firing: [later], transition: asked });
      const told = (await of("gone")).map(({ notice }) => notice).toReversed();
      const freeze = { kind: "policy-changed", team: "pay", service: "notices" };
      expect(told.slice(0, 5)).toMatchObject([
        { ...freeze, from: "Healthy", to: "Freeze" },
        { kind: "alert-opened", startedAt: minute(1) },
        { kind: "alert-resolved", startedAt: minute(1), at: minute(2), slo: "gone-notices" },
        {
          ...freeze,
          from: "Freeze",
          to: "Retired",
          cause: "retired",
          blocks: false,
          at: minute(2),
        },
        { ...freeze, from: "Retired", to: "Freeze", cause: "restored", at: minute(4) },
      ]);
      expect(told.at(-1)).toMatchObject({ kind: "alert-opened", startedAt: minute(5) });
      await withdraw(minute(6));
      const ends = (await alertsOf("gone")).map(({ kind, startedAt }) => [kind, startedAt]);
      expect(ends.slice(2)).toEqual([
        ["alert-opened", minute(5)],
        ["alert-resolved", minute(5)],
      ]);
      await remove("gone");
    });

    test("evaluations and documents that change the same SLOs do not wait for each other", async () => {
      const names = ["crossed-a", "crossed-b"];
      const change = (team: string) => {
        const path = "crossed.yaml";
        const slos = names.map((name) => ({
          ...inForce({ service: "notices", name, team }),
          path,
        }));
        const document = { path, hash: team, dialect: "plain", findings: [] } as const;
        const documents = [{ ...document, goodContent: "" }];
        return applyCatalog(db(), { documents, slos, now: T0 });
      };
      await change("pay");
      const known = await readCatalog(db());
      const [a, b] = names.map((name) => known.find((each) => each.name === name));
      if (!a || !b) throw new Error("both are in force");
      await saveEvaluations(db(), [evaluated(a, { at: T0 }), evaluated(b, { at: T0 })]);
      const held = Promise.withResolvers<void>();
      const evaluating = db().transaction(async (tx) => {
        await lockEvaluations(tx);
        await saveStatus(tx, [evaluated(b, { at: minute(1) })]);
        held.resolve();
        await untilSomeoneWaits(tx);
        await saveStatus(tx, [evaluated(a, { at: minute(1) })]);
      });
      await held.promise;
      await Promise.all([evaluating, change("till")]);
      const teams = (await readCatalog(db())).filter(({ name }) => names.includes(name));
      expect(teams.map(({ definition }) => definition.team)).toEqual(["till", "till"]);
    });

    test("an SLO that nothing was told of goes and comes back without a word", async () => {
      await add("quiet-gone");
      const evaluate = await sloOf("quiet-gone-notices");
      await evaluate({ at: minute(1) });
      await withdraw(minute(2));
      await sloOf("quiet-gone-notices", minute(3));
      expect(await of("quiet-gone")).toEqual([]);
      await remove("quiet-gone");
    });

    test("the beginning of an alert is not forgotten while it lasts", async () => {
      await add("long");
      const evaluate = await sloOf("long-notices");
      await evaluate({ at: minute(0) });
      await evaluate({ at: minute(1), firing: [tier("page-fast", "page", minute(1))] });
      await db().execute(
        sql`update notice_deliveries set state = 'delivered', done_at = ${minute(1)}::bigint
          where receiver_id = 'long'`,
      );
      const late = minute(1) + 91 * DAY;
      await dropOldNotices(db(), { doneBefore: late - 90 * DAY, deadBefore: late - 400 * DAY });
      await evaluate({ at: late });
      expect(await alertsOf("long")).toMatchObject([
        { kind: "alert-resolved", startedAt: minute(1) },
      ]);
      await remove("long");
    });

    test("write no statement more when nothing is to be told", async () => {
      const evaluate = await sloOf("silent-notices");
      const before = await rowsOf(db(), sql`select max(id) from notices`);
      await evaluate({ at: T0 });
      await evaluate({ at: T0 + MINUTE, state: "watch" });
      expect(await rowsOf(db(), sql`select max(id) from notices`)).toEqual(before);
    });
  });
}

/** Until another connection waits for a lock; the embedded database has no other, so not for ever. */
async function untilSomeoneWaits(tx: Db): Promise<void> {
  for (let looks = 0; looks < 1_000; looks++) {
    const waiting = sql`select from pg_locks where not granted`;
    if ((await rowsOf(tx, waiting)).length > 0) return;
  }
}
