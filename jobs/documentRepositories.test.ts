import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { readDocumentRepositories } from "#db/reads/documentRepositories.ts";
import { readSlo, readVersions } from "#db/reads/slo.ts";
import { readDocuments } from "#db/reads/sources.ts";
import { testStore } from "#db/testing.ts";
import { storeDelivery } from "#db/writes/webhooks.ts";
import { addRepository, emptyWorld, rename } from "#demo/github/build.ts";
import { pushFiles } from "#demo/github/files.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import type { Repository } from "#demo/github/world.ts";
import { checkoutAt } from "#jobs/delivery/testing.ts";
import { readInbox } from "#jobs/delivery/webhooks.ts";
import {
  forgetUnconfigured,
  readRepositories,
  repositoryDocuments,
} from "#jobs/documentRepositories.ts";
import { emptyStore, plainDocument, scriptedSource, TestJobs } from "#jobs/testing.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 0, 10, 12);
const PLACE = "acme/checkout:slos/a.yaml";

describe("SLO documents of repositories", () => {
  let store: Store;
  let github: GithubStandIn;
  let checkout: Repository;
  let jobs: TestJobs;
  let names: string[];

  beforeAll(async () => {
    store = await testStore();
  });
  afterAll(() => store?.close());
  beforeEach(async () => {
    await emptyStore(store);
    names = ["checkout"];
    const main = scriptedSource("main", () => ({ good: 99, total: 100 }), DAY);
    jobs = await TestJobs.open({ now: NOW, sources: [main], store });
    const world = emptyWorld();
    checkout = addRepository(world, "acme/checkout");
    github = await startGithub({ world, clock: () => jobs.now });
  });
  afterEach(async () => {
    jobs?.[Symbol.dispose]();
    await github?.close();
  });

  const push = (files: Readonly<Record<string, string | null>>, of = checkout) => {
    jobs.now += MINUTE;
    return pushFiles(of, { at: jobs.now, files }).sha;
  };
  const configured = () => {
    const settings = checkoutAt(github.url, names);
    const services = settings.services.map((service) => ({ ...service, slos: "slos" }));
    const documents = repositoryDocuments({ ...settings, services });
    if (!documents) throw new Error("no repository is configured");
    return documents;
  };
  /** What was fetched is applied by the watch, as the timers of a process do it. */
  const look = async () => {
    const signal = AbortSignal.timeout(30_000);
    const wait = async () => undefined;
    await readRepositories({ store, documents: configured(), clock: () => jobs.now, signal, wait });
    await jobs.write({});
  };
  const known = async (service: string, name: string) => {
    const found = await readSlo(store.db, service, name);
    if (found?.kind !== "slo") throw new Error(`${service}/${name} is ${found?.kind}`);
    return found;
  };
  const told = async () =>
    (await readDocuments(store.db)).flatMap(({ path, findings }) =>
      findings.map(({ code, message }) => `${path} ${code}: ${message}`),
    );
  const slos = (...definitions: Parameters<typeof plainDocument>[1]) =>
    plainDocument("checkout", definitions);

  test("are in force like files, with their commit, their page and their place in it", async () => {
    const commit = push({ "slos/a.yaml": slos({ name: "a" }) });
    await look();
    const { id, documentPath, team } = await known("checkout", "a");
    expect([documentPath, team]).toEqual([PLACE, "shop"]);
    const page = `https://github.example/acme/checkout/blob/${commit}/slos/a.yaml`;
    expect(await readVersions(store.db, id)).toMatchObject([{ commit, url: `${page}#L1` }]);
    const [document] = await readDocuments(store.db);
    expect(document).toMatchObject({ path: PLACE, url: page, findings: [] });
  });

  test("that changed are a new version with the commit that brought it", async () => {
    const first = push({ "slos/a.yaml": slos({ name: "a" }), "slos/b.yaml": slos({ name: "b" }) });
    await look();
    const second = push({ "slos/a.yaml": slos({ name: "a", target: 0.999 }) });
    await look();
    const versions = async (name: string) =>
      (await readVersions(store.db, (await known("checkout", name)).id)).map((v) => v.commit);
    expect([await versions("a"), await versions("b")]).toEqual([[first, second], [first]]);
  });

  test("nothing is applied where nothing changed, not even after a restart", async () => {
    push({ "slos/a.yaml": slos({ name: "a" }) });
    await look();
    push({ "README.md": "x" });
    const before = await readDocumentRepositories(store.db);
    await look();
    const [after] = await readDocumentRepositories(store.db);
    expect(after?.revision).toBe(before[0]?.revision);
    expect(after?.checkedAt).toBe(jobs.now);
    expect(await jobs.write({})).toBe(false);
    jobs.restart();
    await jobs.write({});
    expect(await known("checkout", "a")).toMatchObject({ version: 1, retiredAt: null });
  });

  test("that break keep their last good version in force, and the error says where it is", async () => {
    push({ "slos/a.yaml": slos({ name: "a" }) });
    await look();
    const broken = push({ "slos/a.yaml": slos({ name: "a", target: 99 }) });
    await look();
    const slo = await known("checkout", "a");
    expect(slo.definition.objective).toBe(0.99);
    expect(slo.findings).toMatchObject([{ severity: "error", file: PLACE, line: 1 }]);
    const [document] = await readDocuments(store.db);
    expect(document?.url).toContain(broken);
  });

  test("that are taken away retire their SLOs", async () => {
    push({ "slos/a.yaml": slos({ name: "a" }), "slos/b.yaml": slos({ name: "b" }) });
    await look();
    push({ "slos/a.yaml": null });
    await look();
    expect((await known("checkout", "a")).retiredAt).toBe(jobs.now);
    expect((await known("checkout", "b")).retiredAt).toBeNull();
    push({ "slos/b.yaml": null });
    await look();
    expect((await known("checkout", "b")).retiredAt).toBe(jobs.now);
    expect(await readDocuments(store.db)).toEqual([]);
  });

  test.each([
    ["that is gone", () => github.desk.world.repositories.splice(0), /no such repository/],
    ["of which a folder is missing", () => fault({ kind: "partial", type: "Tree" }), /refused/],
    ["that answers 502", () => fault({ kind: "bad-gateway", above: -1 }), /HTTP 502/],
    ["that is silent", () => fault({ kind: "down" }), null],
    ["whose token is limited", () => fault({ kind: "rate-limited", resetSeconds: 9 }), null],
    ["that forbids", () => github.desk.tokens.clear(), null],
    ["behind a page of HTML", () => fault({ kind: "garbage" }), null],
  ])("of a repository %s retire nothing, over a restart too", async (_, harm, message) => {
    push({ "slos/a.yaml": slos({ name: "a" }), "slos/sub/b.yaml": slos({ name: "b" }) });
    await look();
    harm();
    await look();
    jobs.restart();
    await look();
    for (const name of ["a", "b"]) {
      expect(await known("checkout", name)).toMatchObject({ retiredAt: null, version: 1 });
    }
    const places = (await told()).filter((each) => each.startsWith("acme/checkout: unreadable"));
    if (message) expect(places).toEqual([expect.stringMatching(message)]);
    expect((await told()).length).toBe(places.length);
  });

  function fault(as: GithubStandIn["fault"]): void {
    github.fault = as;
  }

  test("are read at once after a push to the default branch, and not after another", async () => {
    const sha = push({ "slos/a.yaml": slos({ name: "a" }) });
    const pushTo = async (branch: string) => {
      const repository = {
        ...{ node_id: checkout.id, full_name: "acme/checkout", default_branch: "main" },
      };
      const body = JSON.stringify({ ref: `refs/heads/${branch}`, after: sha, repository });
      const delivery = { source: "github", event: "push", deliveryId: branch } as const;
      await storeDelivery(store.db, { ...delivery, body, receivedAt: jobs.now });
      const kick = async () => {
        await look();
        return true;
      };
      const sources = new Set(["github"]);
      await readInbox({ db: store.db, sources, clock: () => jobs.now, kick });
    };
    await pushTo("feature");
    expect(await readSlo(store.db, "checkout", "a")).toBeNull();
    await pushTo("main");
    expect((await known("checkout", "a")).retiredAt).toBeNull();
  });

  test("of a repository that is well again say so no more", async () => {
    push({ "slos/a.yaml": slos({ name: "a" }) });
    await look();
    fault({ kind: "partial", type: "Tree" });
    await look();
    expect(await told()).toEqual([
      expect.stringMatching(/what its documents said at [0-9a-f]{7} stays in force/),
    ]);
    expect((await known("checkout", "a")).findings).toMatchObject([{ file: "acme/checkout:" }]);
    fault({ kind: "none" });
    await look();
    expect(await told()).toEqual([]);
    expect((await known("checkout", "a")).findings).toEqual([]);
    const [row] = await readDocumentRepositories(store.db);
    expect(row).toMatchObject({ error: null, errorSince: null });
  });

  test("of a repository that was never read are unknown, and that is an error", async () => {
    names = ["checkout", "gone"];
    push({ "slos/a.yaml": slos({ name: "a" }) });
    await look();
    expect(await told()).toEqual([
      expect.stringMatching(/^acme\/gone: unreadable: .*; none of its documents is known$/),
    ]);
    expect((await known("checkout", "a")).retiredAt).toBeNull();
  });

  test("of a renamed repository go on under the name that the configuration has", async () => {
    push({ "slos/a.yaml": slos({ name: "a" }) });
    await look();
    rename(checkout, "acme/till");
    await look();
    expect(await known("checkout", "a")).toMatchObject({ documentPath: PLACE, retiredAt: null });
    expect((await readDocuments(store.db))[0]?.url).toContain("/acme/till/blob/");
    const moved = checkoutAt(github.url, ["till"]);
    names = moved.services.map(({ name }) => name);
    await look();
    const slo = await known("checkout", "a");
    expect(slo).toMatchObject({
      documentPath: "acme/till:slos/a.yaml",
      retiredAt: null,
      version: 1,
    });
  });

  test("and files of the folder that claim one name are errors that name both", async () => {
    await jobs.write({ "own.yaml": slos({ name: "a" }) });
    push({ "slos/a.yaml": slos({ name: "a", target: 0.5 }) });
    await look();
    expect((await known("checkout", "a")).definition.objective).toBe(0.99);
    const messages = await told();
    expect(messages).toEqual([
      expect.stringMatching(/^acme\/checkout:slos\/a.yaml duplicate-name: .*own.yaml/),
      expect.stringMatching(/^own.yaml duplicate-name: .*acme\/checkout:slos\/a.yaml/),
    ]);
  });

  test("may refer to objects of the folder and of other repositories", async () => {
    names = ["checkout", "shared"];
    const shared = addRepository(github.desk.world, "acme/shared");
    const head = { apiVersion: "openslo/v1" };
    const query = (text: string) => ({
      metricSource: { type: "Prometheus", spec: { query: text } },
    });
    const sli = {
      ...{ ...head, kind: "SLI", metadata: { name: "requests" } },
      spec: {
        ratioMetric: {
          counter: true,
          good: query('http_requests_total{code!~"5.."}'),
          total: query("http_requests_total"),
        },
      },
    };
    const slo = {
      ...{ ...head, kind: "SLO", metadata: { name: "open" } },
      spec: {
        ...{ service: "till", indicatorRef: "requests", budgetingMethod: "Occurrences" },
        timeWindow: [{ duration: "28d", isRolling: true }],
        objectives: [{ target: 0.99 }],
      },
    };
    await jobs.write({
      "service.yaml": JSON.stringify({
        ...head,
        kind: "Service",
        metadata: { name: "till" },
        spec: {},
      }),
    });
    push({ "slos/sli.yaml": JSON.stringify(sli) }, shared);
    push({ "slos/open.yaml": JSON.stringify(slo) });
    await look();
    expect(await told()).toEqual([]);
    expect((await known("till", "open")).documentPath).toBe("acme/checkout:slos/open.yaml");
  });

  test("stay when every file of the folder is gone, and are not taken for files", async () => {
    await jobs.write({ "own.yaml": plainDocument("own", [{ name: "o" }]) });
    push({ "slos/a.yaml": slos({ name: "a" }) });
    await look();
    await jobs.remove("own.yaml");
    expect(await told()).toEqual([expect.stringMatching(/^own.yaml all-gone/)]);
    push({ "slos/a.yaml": null });
    await look();
    expect((await known("checkout", "a")).retiredAt).toBe(jobs.now);
    expect((await known("own", "o")).retiredAt).toBeNull();
  });

  test("of a repository that the configuration has no more are given up once the others were read", async () => {
    names = ["checkout", "cart"];
    const cart = addRepository(github.desk.world, "acme/cart");
    push({ "slos/a.yaml": slos({ name: "a" }) });
    push({ "slos/c.yaml": plainDocument("cart", [{ name: "c" }]) }, cart);
    await look();
    names = ["checkout"];
    fault({ kind: "down" });
    await look();
    expect((await known("cart", "c")).retiredAt).toBeNull();
    fault({ kind: "none" });
    await look();
    expect((await known("cart", "c")).retiredAt).toBe(jobs.now);
    await forgetUnconfigured(store, null);
    await jobs.write({});
    expect((await known("checkout", "a")).retiredAt).toBe(jobs.now);
  });

  test("three hundred of them are three hundred SLOs, for eight points and then one", async () => {
    const files = Array.from({ length: 300 }, (_, i) => [
      `slos/${i}.yaml`,
      slos({ name: `slo-${i}` }),
    ]);
    push(Object.fromEntries(files));
    const points = () => github.desk.queries.splice(0).reduce((sum, each) => sum + each.points, 0);
    await look();
    expect(points()).toBe(8);
    expect(await readDocuments(store.db)).toHaveLength(300);
    expect((await known("checkout", "slo-299")).retiredAt).toBeNull();
    await look();
    expect(points()).toBe(1);
  });
});

test("services that share a repository are asked for together, each with its own place", () => {
  const settings = checkoutAt("http://127.0.0.1:1", ["Shop", "shop", "cart", "none"]);
  const paths = ["slos", "services/shop", "slos", null];
  const services = settings.services.map((service, i) => ({ ...service, slos: paths[i] ?? null }));
  const asked = repositoryDocuments({ ...settings, services });
  expect(asked?.repositories).toEqual([
    { owner: "acme", name: "Shop", paths: ["services/shop", "slos"] },
    { owner: "acme", name: "cart", paths: ["slos"] },
  ]);
  expect(repositoryDocuments({ github: null, services: [] })).toBeNull();
});
