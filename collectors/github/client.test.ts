import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UpstreamError } from "#collectors/collector.ts";
import { githubClient } from "#collectors/github/client.ts";
import { collectInto, nothingKept, workAt } from "#collectors/github/keep.ts";
import { repositoryByName } from "#collectors/github/queries/repository.ts";
import type { GithubAuth, GithubSource } from "#collectors/github/source.ts";
import { sampleWorld } from "#demo/github/sample.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";

const HOUR_MS = 3_600_000;
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const TOKEN = "ghp_verysecret";
const token: GithubAuth = { kind: "token", token: TOKEN };
const app: GithubAuth = { kind: "app", appId: "12", privateKey: pem, installationId: "34" };
const signal = AbortSignal.timeout(60_000);
const checkout = { owner: "acme", name: "checkout" };

let github: GithubStandIn;

beforeEach(async () => {
  github = await startGithub({
    world: sampleWorld(Date.now()).world,
    clock: () => Date.now(),
    tokens: [TOKEN],
    app: { id: "12", publicKey, installationId: 34 },
  });
});

afterEach(() => github.close());

const source = (over: Partial<GithubSource> = {}): GithubSource => ({
  name: "main",
  url: github.url,
  auth: token,
  timeoutMs: 5_000,
  ...over,
});

async function errorOf(over: Partial<GithubSource>): Promise<UpstreamError> {
  const asked = githubClient(source(over)).query(repositoryByName, checkout, signal);
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  if (error instanceof UpstreamError) return error;
  throw new Error(`expected an UpstreamError, not ${String(error)}`);
}

describe("a source", () => {
  test.each([
    ["github.com's form", "", token],
    ["Enterprise's form", "/api/v3", token],
    ["Enterprise's form with a slash", "/api/v3/", token],
    ["github.com's form, as an app", "", app],
    ["Enterprise's form, as an app", "/api/v3", app],
  ])("of %s is collected", async (_, path, auth) => {
    const url = `${github.url}${path}`;
    const work = workAt(Date.now());
    const kept = await collectInto(nothingKept(), { source: source({ url, auth }), work });
    expect(kept.errors).toEqual([]);
    expect(kept.deployments.size).toBe(8);
  });

  test("of an app asks for one token an hour, not one a query", async () => {
    const client = githubClient(source({ auth: app }));
    for (let n = 0; n < 3; n++) await client.query(repositoryByName, checkout, signal);
    expect(github.desk.tokens.size).toBe(2);
  });

  test("counts the points it used and what is left", async () => {
    const client = githubClient(source());
    for (let n = 0; n < 3; n++) await client.query(repositoryByName, checkout, signal);
    expect(client.points()).toMatchObject({ used: 3, remaining: 4997, limit: 5000 });
    expect(client.points().resetAt).toBeGreaterThan(Date.now());
    expect(client.points().resetAt).toBeLessThanOrEqual(Date.now() + HOUR_MS);
  });
});

describe("an error", () => {
  test.each<[string, Partial<GithubSource>, object]>([
    ["a wrong token", { auth: { kind: "token", token: "ghp_wrong" } }, { httpStatus: 401 }],
    ["another app", { auth: { ...app, appId: "99" } }, { httpStatus: 401 }],
    ["another installation", { auth: { ...app, installationId: "99" } }, { httpStatus: 404 }],
    ["a key that is none", { auth: { ...app, privateKey: "nonsense" } }, { kind: "parse" }],
    ["nobody there", { url: "http://127.0.0.1:1" }, { kind: "network" }],
    ["a metadata service", { url: "http://169.254.169.254" }, { kind: "network" }],
    ["no http", { url: "file:///etc/passwd" }, { kind: "network" }],
  ])("of %s is told apart, and carries no secret", async (_, over, expected) => {
    const error = await errorOf(over);
    expect(error).toMatchObject(expected);
    const said = JSON.stringify([error.message, error.stack, error.cause, { ...error }]);
    for (const secret of [TOKEN, "ghp_wrong", "PRIVATE KEY", "nonsense"])
      expect(said).not.toContain(secret);
  });

  test("comes after the source's own time, not later", async () => {
    github.fault = { kind: "slow", ms: 60_000 };
    expect(await errorOf({ timeoutMs: 30 })).toMatchObject({ kind: "timeout" });
  });

  test("of spent points tells when they are back", async () => {
    github.fault = { kind: "rate-limited", resetSeconds: 90 };
    const { httpStatus, retryAfterMs } = await errorOf({});
    expect(httpStatus).toBe(429);
    expect(retryAfterMs).toBeGreaterThan(60_000);
    expect(retryAfterMs).toBeLessThanOrEqual(91_000);
  });

  test("of a query that GitHub refuses says what it said", async () => {
    const wrong = { ...repositoryByName, text: "{ viewer { shoeSize } }" };
    const asked = githubClient(source()).query(wrong, {}, signal);
    await expect(asked).rejects.toThrow(/refused the query: .*shoeSize/);
  });

  test("is the caller's own when the caller gives up", async () => {
    const given = AbortSignal.abort(new Error("enough"));
    await expect(githubClient(source()).query(repositoryByName, checkout, given)).rejects.toThrow(
      "enough",
    );
  });

  test("of a repository that is not there is a failure of the batch, not of the source", async () => {
    const work = workAt(Date.now());
    const repositories = [{ owner: "acme", name: "gone", services: [] }, ...work.repositories];
    const kept = await collectInto(nothingKept(), {
      source: source(),
      work: { ...work, repositories },
    });
    expect(kept.deployments.size).toBe(8);
    expect(kept.batches[0]?.failures).toEqual([
      { repository: "acme/gone", message: expect.stringContaining("no such repository") },
    ]);
  });
});
