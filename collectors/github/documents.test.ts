import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UpstreamError } from "#collectors/collector.ts";
import { type GithubClient, githubClient } from "#collectors/github/client.ts";
import {
  collectDocuments,
  type DocumentsOutcome,
  type DocumentsWork,
} from "#collectors/github/documents.ts";
import type { GithubSource } from "#collectors/github/source.ts";
import { addRepository, emptyWorld, rename } from "#demo/github/build.ts";
import { pushFiles } from "#demo/github/files.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import type { Repository } from "#demo/github/world.ts";

const NOW = Date.UTC(2026, 0, 10);
const signal = AbortSignal.timeout(60_000);

let github: GithubStandIn;
let shop: Repository;
let at = NOW;

beforeEach(async () => {
  const world = emptyWorld();
  shop = addRepository(world, "acme/shop");
  github = await startGithub({ world, clock: () => NOW });
});
afterEach(() => github.close());

function change(files: Parameters<typeof pushFiles>[1]["files"], of = shop): string {
  return pushFiles(of, { at: at++, files }).sha;
}

type Read = DocumentsOutcome & { state: "read" };

const SHOP: DocumentsWork = { owner: "acme", name: "shop", paths: ["slos"], known: null };

async function collect(work: readonly DocumentsWork[]) {
  const client = githubClient(sourceAt());
  const outcomes: DocumentsOutcome[] = [];
  for await (const outcome of collectDocuments(client, work, signal)) outcomes.push(outcome);
  return { outcomes, points: client.points().used };
}

/** Of the only repository, and what it cost. */
async function collectShop(known: Read | null = null, paths: readonly string[] = ["slos"]) {
  const { outcomes, points } = await collect([{ ...SHOP, paths, known }]);
  return { outcome: outcomes[0], points };
}

async function readShop(known: Read | null = null, paths?: readonly string[]) {
  const { outcome, points } = await collectShop(known, paths);
  if (outcome?.state !== "read") throw new Error(`not read: ${outcome?.message}`);
  return { read: outcome, points };
}

async function failureOf(known: Read | null = null, paths?: readonly string[]): Promise<string> {
  const { outcome } = await collectShop(known, paths);
  if (outcome?.state !== "failed") throw new Error("it was read");
  return outcome.message;
}

function texts({ files }: Read): Record<string, string | null> {
  return Object.fromEntries(files.map(({ path, text, problem }) => [path, text ?? problem]));
}

describe("the documents of a repository", () => {
  test("are those under the folder, in any depth, at the tip of the default branch", async () => {
    const commit = change({
      "slos/b.yaml": "b",
      "slos/a/deep/er.yml": "deep",
      "slos/a/x.JSON": "{}",
      "slos/README.md": "no",
      "other/c.yaml": "no",
      "slos.yaml": "no",
    });
    const { read, points } = await readShop();
    expect(texts(read)).toEqual({
      "slos/a/deep/er.yml": "deep",
      "slos/a/x.JSON": "{}",
      "slos/b.yaml": "b",
    });
    expect(read).toMatchObject({ commit, url: "https://github.example/acme/shop" });
    expect(read.files.map((file) => file.commit)).toEqual([commit, commit, commit]);
    expect(points).toBe(5);
  });

  test("cost one point where Git names the folder as before, whatever else was pushed", async () => {
    change({ "slos/a.yaml": "a" });
    const first = await readShop();
    const commit = change({ "src/main.ts": "x" });
    const { read, points } = await readShop(first.read);
    expect([first.points, points]).toEqual([3, 1]);
    expect(read.files).toEqual(first.read.files);
    expect(read.commit).toBe(commit);
  });

  test("that changed are read alone; the others keep the commit at which they came", async () => {
    const before = change({ "slos/a.yaml": "a", "slos/b.yaml": "b" });
    const { read: first } = await readShop();
    const after = change({ "slos/b.yaml": "b2" });
    const { read, points } = await readShop(first);
    expect(texts(read)).toEqual({ "slos/a.yaml": "a", "slos/b.yaml": "b2" });
    expect(read.files.map(({ commit }) => commit)).toEqual([before, after]);
    expect(points).toBe(3);
    expect(github.desk.queries.at(-1)?.query.match(/\$t\d+:/g)).toHaveLength(1);
  });

  test("that moved are not read again", async () => {
    change({ "slos/a.yaml": "a" });
    const { read: first } = await readShop();
    const after = change({ "slos/a.yaml": null, "slos/z.yaml": "a" });
    const { read, points } = await readShop(first);
    expect(read.files).toMatchObject([{ path: "slos/z.yaml", text: "a", commit: after }]);
    expect(points).toBe(2);
  });

  test("may be one file, or stand in several folders that overlap", async () => {
    change({ "slos/a.yaml": "a", "slos/b/c.yaml": "c", "slo.yaml": "one", "x/slos/d.yaml": "d" });
    const { read } = await readShop(null, ["slos", "slos/b", "slo.yaml", "none"]);
    expect(Object.keys(texts(read))).toEqual(["slo.yaml", "slos/a.yaml", "slos/b/c.yaml"]);
    expect(read.trees).toMatchObject({ none: null, slos: expect.any(String) });
  });

  test("that are taken away are gone, with their folder too", async () => {
    change({ "slos/a.yaml": "a", "slos/b.yaml": "b", "README.md": "x" });
    const { read: first } = await readShop();
    change({ "slos/a.yaml": null });
    const { read: second } = await readShop(first);
    change({ "slos/b.yaml": null });
    const { read: third } = await readShop(second);
    expect([texts(second), texts(third)]).toEqual([{ "slos/b.yaml": "b" }, {}]);
    expect(third.trees).toEqual({ slos: null });
  });

  test("three hundred of them cost eight points at first, three after a change of one", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`slos/${i}.yaml`, `slo: ${i}`]),
    );
    change(files);
    const first = await readShop();
    expect(first.read.files).toHaveLength(300);
    expect(first.points).toBe(8);
    change({ "slos/7.yaml": "another" });
    expect((await readShop(first.read)).points).toBe(3);
  });

  test("that are too many are an error that says what to do, and none is read", async () => {
    const many = Array.from({ length: 501 }, (_, i) => [`slos/${i}.yaml`, `${i}`] as const);
    change(Object.fromEntries(many));
    expect(await failureOf()).toMatch(/more than 500 documents under slos; name a folder/);
  });

  test("that cannot be read are told of one by one", async () => {
    change({
      "slos/binary.yaml": "\0",
      "slos/huge.yaml": "x".repeat(1024 * 1024 + 1),
      "slos/cut.yaml": "x".repeat(600 * 1024),
      "slos/link.yaml": { link: "a.yaml" },
      "slos/a.yaml": "a",
    });
    expect(texts((await readShop()).read)).toEqual({
      "slos/a.yaml": "a",
      "slos/binary.yaml": "it is not UTF-8 text",
      "slos/cut.yaml": "it has 614400 bytes, more than are read of one document",
      "slos/huge.yaml": "it has 1048577 bytes, more than are read of one document",
      "slos/link.yaml": "it is a symbolic link; put the document itself there",
    });
  });
});

describe("nothing is known", () => {
  test("of a repository that is not there, or that has no commit", async () => {
    expect(await failureOf()).toMatch(/default branch has no commit/);
    github.desk.world.repositories.splice(0);
    expect(await failureOf()).toMatch(/no such repository, or the token may not see it/);
  });

  test("where the folder, a folder in it or a text comes with an error", async () => {
    change({ "slos/b.yaml": "b", "slos/a/a.yaml": "a" });
    for (const type of ["Tree", "Blob"]) {
      github.fault = { kind: "partial", type };
      expect(await failureOf()).toMatch(
        /GitHub (refused|left something out): Something went wrong/,
      );
    }
  });

  test("where only the tip is told of and what it holds is not", async () => {
    change({ "slos/b.yaml": "b" });
    const { read } = await readShop();
    github.fault = { kind: "partial", type: "Tree" };
    expect(await failureOf(read)).toMatch(/GitHub refused/);
  });

  test("where what the branch or a folder holds is left out without a word", async () => {
    change({ "slos/b.yaml": "b" });
    const { read } = await readShop();
    change({ "slos/c.yaml": "c" });
    github.fault = { kind: "hollow", of: "branch" };
    expect(await failureOf(read)).toMatch(/has no commit, or the token may not read Contents/);
    github.fault = { kind: "hollow", of: "folder" };
    expect(await failureOf(read)).toMatch(/did not tell what is in slos/);
  });

  test.each([
    [{ kind: "down" }, /connection|broke off/],
    [{ kind: "secondary", status: 403, retryAfterSeconds: 1 }, /rate limit/],
    [{ kind: "garbage" }, /not GitHub's JSON/],
    [{ kind: "rate-limited", resetSeconds: 60 }, /no requests left/],
  ] as const)("of any repository while GitHub is %o", async (fault, message) => {
    change({ "slos/b.yaml": "b" });
    github.fault = fault;
    await expect(collectShop()).rejects.toThrow(message);
  });
});

describe("a repository", () => {
  test("stays the same under another name, and even when another takes the old one", async () => {
    change({ "slos/a.yaml": "a" });
    const { read } = await readShop();
    rename(shop, "acme/store");
    const other = addRepository(github.desk.world, "acme/shop");
    change({ "slos/other.yaml": "o" }, other);
    const { read: again } = await readShop(read);
    expect(texts(again)).toEqual({ "slos/a.yaml": "a" });
    expect(again.url).toBe("https://github.example/acme/store");
  });

  test("that was made anew under its name is read anew", async () => {
    change({ "slos/a.yaml": "a" });
    const { read } = await readShop();
    github.desk.world.repositories.splice(0);
    const other = addRepository(github.desk.world, "acme/shop");
    Object.assign(other, { id: "R_other" });
    change({ "slos/other.yaml": "o" }, other);
    expect(texts((await readShop(read)).read)).toEqual({ "slos/other.yaml": "o" });
  });

  test("that cannot be read holds up no other; sixty unchanged ones cost three points", async () => {
    const names = Array.from({ length: 60 }, (_, i) => `s${i}`);
    for (const name of names) {
      const repository = addRepository(github.desk.world, `acme/${name}`);
      change({ "slos/a.yaml": name }, repository);
    }
    const work = names.map((name) => ({ ...SHOP, name }));
    const { outcomes } = await collect(work);
    const again = outcomes.map((each, i) => ({
      ...SHOP,
      name: names[i] ?? "",
      known: each.state === "read" ? each : null,
    }));
    expect((await collect(again)).points).toBe(3);
    github.desk.world.repositories.splice(10, 1);
    const left = (await collect(again)).outcomes.filter(({ state }) => state === "failed");
    expect(left.map(({ of }) => of.name)).toEqual(["s9"]);
  });

  test("of many is read all the same where one answer for all of them takes GitHub too long", async () => {
    const files = { "slos/a.yaml": "a" };
    for (const name of ["s1", "s2", "s3"]) {
      change(files, addRepository(github.desk.world, `acme/${name}`));
    }
    const client = githubClient(sourceAt());
    const slow: GithubClient = {
      ...client,
      query: async (query, variables, signal) => {
        const names = Object.values(variables);
        if (names.length > 3 || names.includes("s2")) throw tooLate();
        return client.query(query, variables, signal);
      },
    };
    const work = ["s1", "s2", "s3"].map((name) => ({ ...SHOP, name }));
    const outcomes: DocumentsOutcome[] = [];
    for await (const each of collectDocuments(slow, work, signal)) outcomes.push(each);
    expect(outcomes.map(({ state, of }) => [of.name, state])).toEqual([
      ["s1", "read"],
      ["s2", "failed"],
      ["s3", "read"],
    ]);
    const silent = ["s2", "s2", "s2", "s2"].map((name) => ({ ...SHOP, name }));
    await expect(async () => {
      for await (const _ of collectDocuments(slow, silent, signal));
    }).rejects.toThrow("Bad Gateway");
  });
});

function tooLate(): UpstreamError {
  return new UpstreamError("Bad Gateway", { source: "github", kind: "http", httpStatus: 502 });
}

function sourceAt(): GithubSource {
  const auth = { kind: "token", token: "demo-token" } as const;
  return { name: "github", url: github.url, auth, timeoutMs: 5_000 };
}
