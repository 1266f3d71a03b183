import { desc, eq, lt } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readFrom } from "#app/_data/dora/testing.ts";
import { readNumbers } from "#app/_data/reviews/numbers.ts";
import { readReviewView } from "#app/_data/reviews/read.ts";
import { PATCH } from "#app/api/reviews/[month]/actions/[action]/route.ts";
import { POST as addAction } from "#app/api/reviews/[month]/actions/route.ts";
import { POST as correct } from "#app/api/reviews/[month]/corrections/route.ts";
import { PUT as writeNotes } from "#app/api/reviews/[month]/notes/route.ts";
import { POST as publish } from "#app/api/reviews/[month]/publication/route.ts";
import { GET as getCsv } from "#app/api/reviews/[month]/review.csv/route.ts";
import { GET as getMarkdown } from "#app/api/reviews/[month]/review.md/route.ts";
import {
  get,
  MONTH,
  MONTH_END,
  MONTH_START,
  release as released,
  seedSlo,
  tell,
  trouble,
} from "#app/api/reviews/testing.ts";
import { ask, refused } from "#app/api/settings/asking.ts";
import { release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { GET as getRows } from "#app/api/v1/dora/rows.csv/route.ts";
import { actorOf } from "#auth/actor.ts";
import { edgeWords } from "#components/reviews/words.ts";
import type { Store } from "#db/connection.ts";
import {
  actionItems,
  audit,
  deployments,
  incidents,
  people,
  repositories as repositoriesTable,
  reviews,
  sliTotals,
  slos,
} from "#db/schema/index.ts";
import { batch } from "#db/suites/deliveries.ts";
import { testStore } from "#db/testing.ts";
import { saveDelivery } from "#db/writes/delivery.ts";
import { monthAt } from "#lib/dora/calendar.ts";
import { freezeReview } from "#lib/dora/review.ts";
import { HOUR } from "#lib/time/duration.ts";

type Headers = Record<string, string>;

let store: Store;
let as: Record<"admin" | "editor" | "other" | "viewer", Headers>;

beforeAll(async () => {
  store = await testStore();
  await seedSlo(store);
});
afterAll(async () => {
  release();
  await store.close();
});
beforeEach(async () => {
  serveFrom(store);
  for (const table of [people, reviews, actionItems, deployments, incidents]) {
    await store.db.delete(table);
  }
  as = {
    admin: await signedIn(store, { name: "Ada", admin: true }),
    editor: await signedIn(store, { name: "Edna", editorOf: ["shop"] }),
    other: await signedIn(store, { name: "Otto", editorOf: ["cart"] }),
    viewer: await signedIn(store, { name: "Vera" }),
  };
  await tell(store, [...BEFORE, released("d1", 24), released("d2", 48), released("d3", 72)]);
});
/** Posts from before the month on make the whole of it known. */
const BEFORE = [released("d0", -48)];

const viewOf = async (
  headers: Headers,
  { month = MONTH, team = "shop", zone = null as string | null } = {},
) => {
  const actor = await actorOf(new Headers(headers));
  const view = await readReviewView(store.db, actor, { month, team, zone, now: Date.now() });
  if (!view) throw new Error(`no review of ${month}`);
  return view;
};
const send = (headers: Headers, body: object, month = MONTH) => ({
  ...{ params: { month }, headers },
  body: { team: "shop", ...body },
});
const notes = (headers: Headers, body: object = {}, month = MONTH) =>
  ask(writeNotes, {
    method: "PUT",
    ...send(headers, { zone: "UTC", notes: "Well", seen: null, ...body }, month),
  });
/** Of the numbers as they stand, but for what is given. */
const publication = async (headers: Headers, body: object = {}, month = MONTH) => {
  const { inputs } = (await numbersNow(month)) ?? { inputs: NO_INPUTS };
  const sent = { zone: "UTC", seen: null, inputs, ...body };
  return ask(publish, { method: "POST", ...send(headers, sent, month) });
};
const NO_INPUTS = { delivery: "", slos: "", events: "", actions: "" };
const numbersNow = (month: string) =>
  readNumbers(store.db, { month, team: "shop", zone: "UTC", notes: "", now: Date.now() });
const correction = (headers: Headers, text = "wrong") =>
  ask(correct, { method: "POST", ...send(headers, { text }) });
const action = (headers: Headers, body: object = {}) =>
  ask(addAction, { method: "POST", ...send(headers, { text: "Mend it", ...body }) });
const context = { params: Promise.resolve({ month: MONTH }) };
const metric = (view: Awaited<ReturnType<typeof viewOf>>, name: string) =>
  view.numbers.metrics.find((one) => one.name === name)?.now;

describe("a review", () => {
  test("is written, published and corrected by editors of its team and admins alone", async () => {
    const logged = await store.db.$count(audit);
    for (const change of [notes, publication, correction, action]) {
      expect(await refused(await change(as.viewer))).toEqual([403, "forbidden", ""]);
      expect(await refused(await change(as.other))).toEqual([403, "forbidden", ""]);
      expect(await refused(await change({}))).toEqual([401, "not-signed-in", ""]);
    }
    expect(await store.db.$count(audit)).toBe(logged);
    expect((await notes(as.editor)).status).toBe(200);
    expect((await action(as.editor)).status).toBe(201);
    const { updatedAt: seen } = await viewOf(as.editor);
    expect((await publication(as.admin, { seen })).status).toBe(200);
    expect((await correction(as.editor)).status).toBe(201);
    expect((await store.db.$count(audit)) - logged).toBe(4);
  });

  test("of all teams is an admin's", async () => {
    expect(await refused(await notes(as.editor, { team: "" }))).toEqual([403, "forbidden", ""]);
    expect((await notes(as.admin, { team: "" })).status).toBe(200);
    expect((await viewOf(as.editor, { team: "" })).mayEdit).toBe(false);
    expect((await viewOf(as.admin, { team: "" })).mayEdit).toBe(true);
    expect((await viewOf(as.editor)).mayEdit).toBe(true);
  });

  test.each([
    ["2025-13", "shop", [404, "unknown-month", ""]],
    ["soon", "shop", [404, "unknown-month", ""]],
    ["2025-03", "nobody", [404, "unknown-team", ""]],
  ])("of %s for %s there is none", async (month, team, answer) => {
    expect(await refused(await notes(as.admin, { team }, month))).toEqual(answer);
    expect(await refused(await publication(as.admin, { team }, month))).toEqual(answer);
  });

  test("of a month that lasts or has not begun is not published", async () => {
    const present = monthAt(Date.now(), "UTC");
    const early = await publication(as.editor, {}, present);
    expect(await refused(early)).toEqual([409, "month-lasts", ""]);
    const never = await publication(as.editor, {}, "9998-01");
    expect(await refused(never)).toEqual([404, "unknown-month", ""]);
    expect((await viewOf(as.editor, { month: present })).isOver).toBe(false);
  });

  test("begins and ends with the days of its zone, also when clocks change", async () => {
    const hoursOf = async (zone: string) => {
      const { numbers } = await viewOf(as.viewer, { zone });
      return [numbers.from - MONTH_START, numbers.to - numbers.from].map((ms) => ms / HOUR);
    };
    expect(await hoursOf("UTC")).toEqual([0, 744]);
    expect(await hoursOf("Europe/Berlin")).toEqual([-1, 743]);
    expect(await hoursOf("America/New_York")).toEqual([5, 743]);
    await tell(store, [released("edge", 743.5)]);
    const deploymentsIn = async (zone: string) =>
      metric(await viewOf(as.viewer, { zone }), "deploymentFrequency")?.value;
    expect(await deploymentsIn("UTC")).toBe(4);
    expect(await deploymentsIn("Europe/Berlin")).toBe(3);
  });

  test("stays in the zone in which it was written, unless another is asked for", async () => {
    await notes(as.editor, { zone: "Europe/Berlin" });
    expect((await viewOf(as.viewer)).numbers.zone).toBe("Europe/Berlin");
    expect((await viewOf(as.viewer, { zone: "Asia/Tokyo" })).numbers.zone).toBe("Asia/Tokyo");
  });

  test("shows each SLO as it stood when the month ended, over its own window", async () => {
    const { numbers } = await viewOf(as.viewer);
    const [slo] = numbers.slos;
    // 1,440 minutes with one bad request of 100 in a window of 43,200 minutes; the budget is 0.1 %.
    expect(slo).toMatchObject({ service: "shop", slo: "availability", consumedBefore: 0 });
    expect(slo?.sli).toBeCloseTo(1 - 1 / 3000, 9);
    expect(slo?.consumed).toBeCloseTo(1 / 3, 9);
  });
});

describe("a review's numbers", () => {
  test("do not move when finer rows go, also where days begin at half past", async () => {
    const slosOf = async (zone: string) => (await viewOf(as.viewer, { zone })).numbers;
    // The month ends in Kolkata at 18:30 UTC.
    const at = MONTH_END - 5.5 * HOUR;
    const [last] = await store.db
      .select()
      .from(sliTotals)
      .where(lt(sliTotals.at, at))
      .orderBy(desc(sliTotals.at))
      .limit(1);
    if (!last) throw new RangeError("no rows");
    await store.db.insert(sliTotals).values({ ...last, at, total: last.total + 3_000 });
    const fine = await slosOf("Asia/Kolkata");
    await store.db.delete(sliTotals).where(eq(sliTotals.at, at));
    const thinned = await slosOf("Asia/Kolkata");
    expect(thinned.slos).toEqual(fine.slos);
    expect(thinned.inputs).toEqual(fine.inputs);
    expect(fine.sloEdges.to).toBe(MONTH_END - 6 * HOUR);
    expect(fine.to).toBe(at);
    expect(edgeWords(fine)).toContain("2025-03-31 23:30");
    expect(edgeWords(await slosOf("Europe/Berlin"))).toBeNull();
  });

  test("list every incident, however many there are", async () => {
    const many = Array.from({ length: 230 }, (_, n) => trouble(`i${n}`, n / 2));
    await tell(store, [], many);
    const { incidents: listed } = (await viewOf(as.viewer)).numbers;
    expect(listed).toHaveLength(230);
    expect(listed.map(({ startedAt }) => startedAt)).toEqual(
      many.map(({ startedAt }) => startedAt),
    );
  });
});

describe("a published review", () => {
  test("shows the numbers of then for ever, and says what would differ today", async () => {
    await notes(as.editor, { notes: "As it was" });
    const draft = await viewOf(as.editor);
    const { inputs } = draft.numbers;
    expect((await publication(as.editor, { seen: draft.updatedAt, inputs })).status).toBe(200);
    const before = await viewOf(as.viewer);
    expect(before.published).toMatchObject({ isIntact: true, hasChanged: false, differences: [] });
    await tell(store, [released("d4", 100)], [trouble("i1", 101)]);
    const after = await viewOf(as.viewer, { zone: "Asia/Tokyo" });
    expect(after.numbers).toEqual(before.numbers);
    expect(after.numbers.notes).toBe("As it was");
    expect(metric(after, "deploymentFrequency")?.value).toBe(3);
    expect(after.published).toMatchObject({ isIntact: true, hasChanged: true });
    expect(after.published?.differences).toContainEqual({
      ...{ what: "Deployment frequency", published: "3", present: "4" },
    });
    expect(after.published?.differences).toContainEqual({
      ...{ what: "Incidents", published: "0", present: "1" },
    });
  });

  test("is not changed and not published again; a correction is added", async () => {
    expect((await publication(as.editor)).status).toBe(200);
    const { updatedAt: seen } = await viewOf(as.editor);
    expect(await refused(await publication(as.admin, { seen }))).toEqual([409, "published", ""]);
    expect(await refused(await notes(as.admin, { seen }))).toEqual([409, "published", ""]);
    await correction(as.editor, "It was *not* so");
    const { published } = await viewOf(as.viewer);
    expect(published?.corrections).toMatch(/^- \d{4}-\d\d-\d\d, edna\S*: It was \*not\* so$/i);
  });

  test("is published by one of several who do it at once", async () => {
    const all = await Promise.all([1, 2, 3].map(() => publication(as.editor)));
    expect(all.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });

  test("that was altered in the database says so", async () => {
    await publication(as.editor);
    const [row] = await store.db.select().from(reviews);
    const content = row?.content?.replace('"n":3', '"n":4') ?? "";
    expect(content).not.toBe(row?.content);
    await store.db.update(reviews).set({ content });
    expect((await viewOf(as.viewer)).published?.isIntact).toBe(false);
  });

  test("is never of numbers or notes that its publisher did not see", async () => {
    const { inputs } = (await viewOf(as.editor)).numbers;
    await tell(store, [released("d4", 100)]);
    const stale = await publication(as.editor, { inputs });
    expect(await refused(stale)).toEqual([409, "numbers-changed", ""]);
    await notes(as.admin);
    expect(await refused(await publication(as.editor))).toEqual([409, "changed", ""]);
    expect((await viewOf(as.viewer)).published).toBeNull();
  });

  test("is published knowingly or not at all", async () => {
    const sent = { zone: "UTC", seen: null };
    const blindly = await ask(publish, { method: "POST", ...send(as.editor, sent) });
    expect(await refused(blindly)).toEqual([422, "bad-body", "inputs"]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["an incident", () => tell(store, [], [trouble("i", 9, { resolvedAt: null })])],
    ["its title", () => tell(store, [], [trouble("i0", 8, { title: "Other" })])],
    ["its severity", () => tell(store, [], [trouble("i0", 8, { severity: "SEV1" })])],
    ["its postmortem", () => store.db.update(incidents).set({ postmortemUrl: "https://x/" })],
    ["a release of the month before", () => tell(store, [released("dx", -100)])],
    ["a release in the trend behind it", () => tell(store, [released("dx", -90 * 24)])],
    ["an action item", () => action(as.admin)],
    ["how far it is known", () => store.db.delete(deployments)],
  ])("is of what its publisher saw: %s that changes is one more look", async (_, work) => {
    await tell(store, [], [trouble("i0", 8)]);
    const { inputs } = (await viewOf(as.editor)).numbers;
    await work();
    const stale = await publication(as.editor, { inputs, allTheSame: true });
    expect(await refused(stale)).toEqual([409, "numbers-changed", ""]);
  });

  test("keeps its action items as they stood, though they go on", async () => {
    await action(as.editor);
    expect((await publication(as.editor)).status).toBe(200);
    const [item] = (await viewOf(as.viewer)).actions;
    await store.db.update(actionItems).set({ doneAt: MONTH_END, doneBy: "Edna" });
    const { numbers, actions, published } = await viewOf(as.viewer);
    expect(numbers.actions).toMatchObject([{ id: item?.id, doneAt: null }]);
    expect(actions).toMatchObject([{ doneAt: MONTH_END }]);
    expect(published).toMatchObject({ isIntact: true, hasChanged: false });
  });

  test("of a month in which a source stopped answering is refused, or says so for ever", async () => {
    const lastSeen = MONTH_START + 19 * 24 * HOUR;
    serveFrom(store, { delivery: readFrom({ shop: "o/shop" }) });
    const repository = { id: "R", fullName: "o/shop", url: "https://x/", complete: true };
    const repositories = [{ ...repository, collectedFrom: MONTH_START - 400 * 24 * HOUR }];
    const releases = [1, 2].map((n) => ({
      ...released(`g${n}`, n),
      source: "deployment" as const,
    }));
    await store.db.delete(deployments);
    await saveDelivery(
      store.db,
      batch("github", { repositories, deployments: releases }),
      lastSeen,
    );
    const answer = await publication(as.editor);
    expect(answer.status).toBe(409);
    expect(JSON.stringify(await answer.json())).toContain(
      "Deployments of shop are known up to 2025-03-20 00:00 only.",
    );
    expect(await store.db.$count(reviews)).toBe(0);
    expect((await publication(as.editor, { allTheSame: true })).status).toBe(200);
    // All of it is read later: what was published still tells what it was made of.
    await saveDelivery(store.db, batch("github", { repositories }), Date.now());
    const { numbers, published } = await viewOf(as.viewer);
    expect(numbers).toMatchObject({ despiteGaps: true, gaps: [{ through: lastSeen }, {}] });
    expect(metric(await viewOf(as.viewer), "deploymentFrequency")).toMatchObject({
      ...{ value: 2, flags: ["partly-synced"], known: { from: MONTH_START, to: lastSeen } },
    });
    expect(published).toMatchObject({ isIntact: true, hasChanged: true });
    expect(published?.differences.map(({ what }) => what)).toContain("What is missing");
    const markdown = await (await getMarkdown(get("/x?team=shop", as.viewer), context)).text();
    expect(markdown).toContain("Published although a part of the month was not known.");
    expect(markdown).toMatch(/known 2025-03-01 00:00 to 2025-03-20 00:00 only/);
    const csv = await (await getCsv(get("/x?team=shop", as.viewer), context)).text();
    expect(csv).toContain("review,shop,published_all_the_same,true");
    expect(csv).toMatch(/missing,shop,deployments_known_up_to,,,,,2025-03-20T00:00:00.000Z/);
    const [logged] = await store.db.select().from(audit).orderBy(desc(audit.id)).limit(1);
    expect(logged).toMatchObject({ action: "review.published", after: { despiteGaps: true } });
    await store.db.delete(repositoriesTable);
  });

  test("of the first form is still read, and its hash still tells that nobody altered it", async () => {
    const { decisions, sloEdges, gaps, despiteGaps, actions, ...same } = (await viewOf(as.viewer))
      .numbers;
    const inputs = { delivery: "d", slos: "s" };
    const old = { ...same, version: 1, transitions: decisions.transitions, inputs };
    const row = { month: MONTH, team: "shop", zone: "UTC", updatedAt: 1, updatedBy: "Ada" };
    const frozen = freezeReview(old, Object.values(inputs));
    await store.db.insert(reviews).values({ ...row, ...frozen, publishedAt: 1, publishedBy: "A" });
    const { numbers, published } = await viewOf(as.viewer);
    expect(numbers).toMatchObject({ version: 2, metrics: same.metrics, gaps: [], decisions });
    expect(published).toMatchObject({ isIntact: true, hasChanged: false, differences: [] });
  });

  test("is not corrected before it is one", async () => {
    expect(await refused(await correction(as.editor))).toEqual([409, "draft", ""]);
    expect(await store.db.$count(reviews)).toBe(0);
  });
});

describe("what spent most of a budget in a month", () => {
  /** All that is bad in the month is on its 10th day: a third of the budget. */
  const outage = (id: string, parts: object = {}) =>
    trouble(id, 216, { resolvedAt: MONTH_START + 240 * HOUR, ...parts });
  const spenders = async () => (await viewOf(as.viewer)).numbers.spenders;

  test("is counted once: an incident is in the share of the deployment that caused it", async () => {
    const links = [{ method: "explicit", deploymentId: "bad" }] as const;
    await tell(store, [released("bad", 215)], [outage("i1", { links })]);
    const all = await spenders();
    expect(all).toMatchObject([{ kind: "deployment", id: "bad", incidentIds: ["i1"] }]);
    const sum = all.reduce((total, { share }) => total + share, 0);
    expect(sum).toBeCloseTo(1 / 3, 6);
    const csv = await (await getCsv(get("/x?team=shop", as.viewer), context)).text();
    expect(csv.match(/^spender,/gm)).toHaveLength(1);
    const markdown = await (await getMarkdown(get("/x?team=shop", as.viewer), context)).text();
    expect(markdown).toMatch(/deployment \[.+\]\(.+\) with one incident \|/);
    expect(markdown).not.toContain("| incident [");
  });

  test("is an incident of its own where no deployment caused it", async () => {
    await tell(store, [], [outage("i1")]);
    expect(await spenders()).toMatchObject([{ kind: "incident", id: "i1", incidentIds: [] }]);
  });

  test("stays when its SLO is retired after the month, and has no budget of one retired before", async () => {
    await tell(store, [], [outage("i1")]);
    const [before] = await spenders();
    const retire = (retiredAt: number | null) => store.db.update(slos).set({ retiredAt });
    await retire(MONTH_END + HOUR);
    expect(await spenders()).toEqual([before]);
    await retire(MONTH_START - HOUR);
    expect(await spenders()).toEqual([]);
    await retire(null);
  });
});

describe("action items", () => {
  const change = (headers: Headers, id: string, body: object) =>
    ask(PATCH, {
      method: "PATCH",
      params: { month: MONTH, action: id },
      headers,
      body: { team: "shop", ...body },
    });

  test("are written with owner and day, done, and taken up again", async () => {
    await action(as.editor, { owner: "Ada", due: "2025-04-30" });
    const [item] = (await viewOf(as.viewer)).actions;
    expect(item).toMatchObject({ text: "Mend it", owner: "Ada", due: "2025-04-30", isLate: true });
    const id = item?.id ?? "";
    expect(await refused(await change(as.other, id, { done: true }))).toEqual([
      403,
      "forbidden",
      "",
    ]);
    expect((await change(as.editor, id, { done: true })).status).toBe(200);
    expect((await viewOf(as.viewer)).actions).toMatchObject([
      { doneBy: expect.stringMatching(/^edna/i), isLate: false },
    ]);
    expect((await viewOf(as.viewer, { month: "2025-04" })).actions).toHaveLength(1);
    expect((await viewOf(as.viewer, { month: "2025-02" })).actions).toHaveLength(0);
    expect(await refused(await change(as.editor, "no", { done: true }))).toEqual([
      404,
      "unknown-action",
      "",
    ]);
    const other = await change(as.admin, id, { team: "", done: false });
    expect(await refused(other)).toEqual([404, "unknown-action", ""]);
  });

  test.each([
    [{ text: " " }, "text"],
    [{ text: "two\nlines" }, "text"],
    [{ text: "a".repeat(501) }, "text"],
    [{ due: "2025-02-30" }, "due"],
    [{ due: "tomorrow" }, "due"],
    [{ owner: "" }, "owner"],
    [{ more: 1 }, "more"],
  ])("of %o are refused", async (body, field) => {
    expect(await refused(await action(as.editor, body))).toEqual([422, "bad-body", field]);
  });

  test("are not changed by a body that says nothing", async () => {
    expect(await refused(await change(as.editor, "id", {}))).toEqual([422, "bad-body", ""]);
  });
});

describe("exports", () => {
  const csvLines = async (headers: Headers) => {
    const response = await getCsv(get(`/x?team=shop&zone=UTC`, headers), context);
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="plimsoll-review-2025-03-shop.csv"',
    );
    return (await response.text()).split("\r\n").map((line) => line.split(","));
  };

  test("as CSV have the numbers that the rows of the delivery API give again", async () => {
    const links = [{ method: "explicit", deploymentId: "d2" }] as const;
    await tell(store, [], [trouble("i1", 50, { links })]);
    const lines = await csvLines(as.viewer);
    const numberOf = (subject: string, measure = "value") =>
      Number(lines.find(([, what, how]) => what === subject && how === measure)?.[3]);
    const range = `from=${new Date(MONTH_START).toISOString()}&to=${new Date(MONTH_END).toISOString()}`;
    const asked = get(`/x?metric=changeFailureRate&team=shop&zone=UTC&${range}`, as.viewer);
    const [heads = "", ...rows] = (
      await (await getRows(asked, { params: Promise.resolve({}) })).text()
    )
      .trim()
      .split("\r\n");
    const at = heads.split(",").indexOf("failed");
    const failed = rows.filter((row) => row.split(",")[at] === "true").length;
    expect(failed).toBe(1);
    expect(numberOf("deploymentFrequency")).toBe(rows.length);
    expect(numberOf("deploymentFrequency", "per_day")).toBeCloseTo(rows.length / 31, 12);
    expect(numberOf("changeFailureRate")).toBe(failed / rows.length);
    expect(numberOf("shop/availability", "budget_spent")).toBeCloseTo(1 / 3, 9);
  });

  test("as Markdown link each number to its rows, and turn no text into markup", async () => {
    await tell(store, [], [trouble("i1", 50, { title: "<b>a | b</b>\n# c [x](y)" })]);
    await notes(as.editor, { notes: "- see <script>" });
    const response = await getMarkdown(get("/x?team=shop&zone=UTC", as.viewer), context);
    expect(response.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    const text = await response.text();
    expect(text).toContain("# Review of March 2025, shop");
    expect(text).toContain(
      "| [3](https://plimsoll.example/dora?team=shop&period=2025-03&zone=UTC&rows=deploymentFrequency) |",
    );
    expect(text).toContain("SEV2 [\\<b\\>a \\| b\\</b\\> \\# c \\[x\\](y)](https://");
    expect(text).toContain("- see \\<script>");
    expect(text).toContain("| 33 % |");
  });

  test("of a published review are of the frozen numbers", async () => {
    await publication(as.editor);
    await tell(store, [released("d4", 100)]);
    const lines = await csvLines(as.viewer);
    expect(lines.find(([, what]) => what === "deploymentFrequency")?.[3]).toBe("3");
    const hash = lines.find(([, , measure]) => measure === "hash")?.[3];
    expect(hash).toBe((await viewOf(as.viewer)).published?.hash);
  });

  test("are for those who are signed in, and of months that there are", async () => {
    expect((await getCsv(get("/x", {}), context)).status).toBe(401);
    const nowhere = { params: Promise.resolve({ month: "2025-3" }) };
    const wrong = await getMarkdown(get("/x", as.viewer), nowhere);
    expect(await refused(wrong)).toEqual([404, "unknown-month", ""]);
    const zone = await getMarkdown(get("/x?zone=Mars", as.viewer), context);
    expect(await refused(zone)).toEqual([400, "bad-parameter", "zone"]);
  });
});
