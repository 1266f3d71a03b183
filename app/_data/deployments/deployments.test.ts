import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readDeployment } from "#app/_data/deployments/one.ts";
import { readDeployments } from "#app/_data/deployments/read.ts";
import { closeDelivery, deliveryStore } from "#app/_data/dora/testing.ts";
import { ask, refused } from "#app/api/settings/asking.ts";
import { signedIn } from "#app/api/settings/tokens/testing.ts";
import { POST } from "#app/api/views/deployments/[id]/marks/route.ts";
import { verdictWords } from "#components/deployments/words.ts";
import type { Store } from "#db/connection.ts";
import { audit, deploymentMarks } from "#db/schema/index.ts";
import type { Actor } from "#lib/access/actor.ts";
import { at } from "#lib/dora/testing.ts";

type Headers = Record<string, string>;

let store: Store;
let as: Record<"admin" | "editor" | "viewer", Headers>;

beforeAll(async () => {
  store = await deliveryStore();
  as = {
    admin: await signedIn(store, { name: "Ada", admin: true }),
    editor: await signedIn(store, { name: "Edna", editorOf: ["storefront"] }),
    viewer: await signedIn(store, { name: "Vera" }),
  };
});
beforeEach(async () => {
  await store.db.delete(deploymentMarks);
});
afterAll(() => closeDelivery(store));

const nobody: Actor = { kind: "nobody" };
const list = async (query: string) => {
  const view = await readDeployments(store.db, new URLSearchParams(query));
  return view.lines.map(({ id }) => id);
};

describe("the list of deployments", () => {
  test("has those to production, newest first, and those that never got there", async () => {
    expect(await list("")).toEqual(["broken", "d4", "d3", "c2", "c1", "d2", "o1", "d1", "d0"]);
  });

  test.each([
    ["service=cart", ["c2", "c1"]],
    ["team=checkout", ["c2", "c1"]],
    ["team=checkout&service=shop", []],
    ["outcome=failed", ["d3", "c2"]],
    ["outcome=never-reached", ["broken"]],
    ["environment=staging", []],
    ["from=2026-01-03&to=2026-01-05", ["c1", "d2", "o1"]],
    ["service=shop&after=d4", ["d3", "d2", "d1", "d0"]],
  ])("%s leaves those that fit", async (query, ids) => {
    expect(await list(query)).toEqual(ids);
  });

  test.each([
    ["from=yesterday", "from"],
    ["from=2026-01-05&to=2026-01-03", "to"],
    ["to=2026-02-30", "to"],
  ])("%s is said to be wrong, and shows nothing", async (query, field) => {
    const view = await readDeployments(store.db, new URLSearchParams(query));
    expect(Object.keys(view.mistakes)).toEqual([field]);
    expect(view).toMatchObject({ lines: [], total: 0, next: null });
  });
});

describe("a deployment", () => {
  test("says what it shipped, what came of it and how that is known", async () => {
    const view = await readDeployment(store.db, "d3", nobody);
    expect(view).toMatchObject({
      ...{ service: "shop", teams: ["storefront"], outcome: "failed", mayEdit: false },
      previous: { id: "d2" },
      incidents: [{ id: "i1", method: "last-deployment", confidence: "low" }],
      failures: [{ method: "incident", incidentId: "i1" }],
      restoration: { by: "incident", at: at(465) },
    });
    expect(view?.shipped.map(({ number, kind }) => [number, kind])).toEqual([[3, "timed"]]);
    expect(view && verdictWords(view, at(500))).toBe(
      "It failed; after 5 h the last of its incidents was resolved.",
    );
  });

  test.each([
    ["d0", "It did not fail, as far as is known."],
    ["c2", "It failed; it is not restored yet, after 2 d 22 h."],
    ["broken", "It failed before it reached users, so no metric counts it."],
    ["stage", "It is none to production, so no metric counts it."],
  ])("%s is put in a sentence", async (id, words) => {
    const view = await readDeployment(store.db, id, nobody);
    expect(view && verdictWords(view, at(500))).toBe(words);
  });

  test("that nobody has told of is none", async () => {
    expect(await readDeployment(store.db, "no\0such", nobody)).toBeNull();
  });
});

describe("a person's word on a deployment", () => {
  const mark = (headers: Headers, id: string, body: unknown) =>
    ask(POST, { method: "POST", params: { id }, headers, body });
  const outcomeOf = async (id: string) => {
    const view = await readDeployment(store.db, id, nobody);
    return [view?.outcome, view?.isRework, view?.marks.length];
  };

  test("outranks what is inferred, and can be taken back", async () => {
    expect(await outcomeOf("d3")).toEqual(["failed", false, 0]);
    const reason = "the provider's outage";
    expect((await mark(as.editor, "d3", { mark: "not-failed", reason })).status).toBe(200);
    expect((await mark(as.editor, "d3", { mark: "rework" })).status).toBe(200);
    expect(await outcomeOf("d3")).toEqual(["fine", true, 2]);
    expect((await mark(as.admin, "d3", { mark: "none" })).status).toBe(200);
    expect(await outcomeOf("d3")).toEqual(["failed", false, 3]);
  });

  test("stands in the audit log, with who, what and why", async () => {
    await mark(as.editor, "d2", { mark: "failed", reason: " seen in the logs " });
    const lines = await store.db.select().from(audit).orderBy(audit.id);
    expect(lines.at(-1)).toMatchObject({
      ...{ actorId: "Edna", action: "deployment.marked", subject: "deployment:d2" },
      ...{ team: "storefront", after: { mark: "failed", reason: "seen in the logs" } },
    });
  });

  test("is an editor's of the service's team to say, or an admin's", async () => {
    expect(await refused(await mark(as.viewer, "d3", { mark: "failed" }))).toEqual([
      ...[403, "forbidden", ""],
    ]);
    expect(await refused(await mark(as.editor, "c1", { mark: "failed" }))).toEqual([
      ...[403, "forbidden", ""],
    ]);
    expect(await refused(await mark(as.editor, "o1", { mark: "failed" }))).toEqual([
      ...[403, "forbidden", ""],
    ]);
    expect((await mark(as.admin, "o1", { mark: "failed" })).status).toBe(200);
    expect(await store.db.select().from(deploymentMarks)).toHaveLength(1);
  });

  test.each([
    ["a word that is none", { mark: "good" }, "mark"],
    ["a reason that is too long", { mark: "failed", reason: "x".repeat(501) }, "reason"],
    ["no word at all", {}, "mark"],
  ])("with %s is refused", async (_what, body, field) => {
    expect(await refused(await mark(as.admin, "d3", body))).toEqual([422, "bad-body", field]);
  });

  test.each(["broken", "stage", "nothing"])("on %s means nothing", async (id) => {
    expect(await refused(await mark(as.admin, id, { mark: "failed" }))).toEqual([
      ...[404, "unknown-deployment", ""],
    ]);
  });
});
