import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parse } from "graphql";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import {
  addRepository,
  deploy,
  emptyWorld,
  push,
  rename,
  runWorkflow,
} from "#demo/github/build.ts";
import { costOf } from "#demo/github/cost.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import { sendWebhook } from "#demo/github/webhook.ts";
import type { Repository } from "#demo/github/world.ts";

const NOW = Date.parse("2026-03-01T00:00:00Z");
const HOUR_MS = 3_600_000;

let github: GithubStandIn;
let repository: Repository;

beforeEach(async () => {
  const world = emptyWorld();
  repository = addRepository(world, "acme/checkout");
  for (let n = 0; n < 5; n++) {
    const { sha } = push(repository, { at: NOW - (10 - n) * HOUR_MS, message: `Commit ${n}` });
    deploy(repository, { sha, at: NOW - (10 - n) * HOUR_MS + 60_000 });
  }
  github = await startGithub({ world, clock: () => NOW, pointsPerHour: 10 });
});

afterEach(() => github.close());

const answerShape = z.object({
  data: z.any().optional(),
  errors: z.array(z.object({ message: z.string(), type: z.string().optional() })).optional(),
});

async function ask(query: string, variables: object = {}) {
  const answer = await fetch(`${github.url}/graphql`, {
    method: "POST",
    headers: { authorization: "bearer demo-token" },
    body: JSON.stringify({ query, variables }),
  });
  const { status, headers } = answer;
  return { status, headers, ...answerShape.parse(await answer.json()) };
}

async function get(path: string) {
  const headers = { authorization: "token demo-token" };
  const answer = await fetch(`${github.url}${path}`, { headers, redirect: "manual" });
  const body: unknown = await answer.json();
  return { status: answer.status, headers: answer.headers, body };
}

const LIST = `query($after: String) {
  repository(owner: "acme", name: "checkout") {
    deployments(first: 2, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { commitOid statuses(first: 5) { nodes { state } } }
    }
  }
}`;

describe("a query", () => {
  test.each([
    [
      "a field",
      '{ repository(owner: "a", name: "b") { productionEnvironment } }',
      /productionEnvironment/,
    ],
    [
      "an argument",
      '{ repository(owner: "a", name: "b") { deployments(first: 1, since: 1) { totalCount } } }',
      /since/,
    ],
    [
      "a word of an enumeration",
      '{ repository(owner: "a", name: "b") { pullRequests(first: 1, states: [LANDED]) { totalCount } } }',
      /LANDED/,
    ],
    ["a bracket", "{ viewer { login }", /Expected/],
  ])("with %s that GitHub does not know is refused", async (_, query, message) => {
    const { data, errors } = await ask(query);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toMatch(message);
  });

  test("without first or last is refused, and so is a page of more than 100", async () => {
    const of = (args: string) =>
      ask(`{ repository(owner: "acme", name: "checkout") { deployments${args} { totalCount } } }`);
    expect((await of("")).errors?.[0]?.type).toBe("MISSING_PAGINATION_BOUNDARIES");
    expect((await of("(first: 101)")).errors?.[0]?.type).toBe("EXCESSIVE_PAGINATION");
  });

  test("about a repository that is not there gives null and NOT_FOUND", async () => {
    const { data, errors } = await ask('{ repository(owner: "acme", name: "gone") { id } }');
    expect(data).toEqual({ repository: null });
    expect(errors?.[0]?.type).toBe("NOT_FOUND");
  });

  test("without a token that is known is refused", async () => {
    const answer = await fetch(`${github.url}/graphql`, { method: "POST", body: "{}" });
    expect(answer.status).toBe(401);
  });
});

describe("pages", () => {
  test("follow each other by cursors, newest first, even when a row is added meanwhile", async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await ask(LIST, { after });
      const { nodes, pageInfo } = data.repository.deployments;
      seen.push(...nodes.map((node: { commitOid: string }) => node.commitOid));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      if (seen.length === 2) deploy(repository, { sha: repository.head ?? "", at: NOW });
    } while (after);
    const shas = repository.deployments.slice(0, 5).map(({ sha }) => sha);
    expect(seen).toEqual(shas.toReversed());
  });
});

describe("points", () => {
  test("are counted as in the worked example that GitHub publishes: 5,101 requests, 51 points", () => {
    const document = parse(`query { viewer { login repositories(first: 100) { edges { node {
      id issues(first: 50) { edges { node { id labels(first: 60) { edges { node { id name } } } } } }
    } } } } }`);
    expect(costOf(document, {})).toMatchObject({ points: 51, nodes: 305_100 });
  });

  test("run out: HTTP 200 with RATE_LIMITED, and the headers say when they are back", async () => {
    for (let n = 0; n < 10; n++) expect((await ask(LIST)).errors).toBeUndefined();
    const { status, headers, errors } = await ask(LIST);
    expect(status).toBe(200);
    expect(errors?.[0]?.type).toBe("RATE_LIMITED");
    expect(headers.get("x-ratelimit-remaining")).toBe("0");
    expect(headers.get("x-ratelimit-reset")).toBe(String((NOW + HOUR_MS) / 1000));
  });
});

describe("REST", () => {
  test("compares two commits", async () => {
    const [a, b, c] = repository.deployments.map(({ sha }) => sha);
    const ahead = await get(`/repos/acme/checkout/compare/${a}...${c}`);
    expect(ahead.body).toMatchObject({
      status: "ahead",
      ahead_by: 2,
      merge_base_commit: { sha: a },
      commits: [{ sha: b }, { sha: c }],
    });
    expect((await get(`/repos/acme/checkout/compare/${c}...${a}`)).body).toMatchObject({
      status: "behind",
      behind_by: 2,
    });
  });

  test("lists a workflow's runs, newest first", async () => {
    const sha = repository.head ?? "";
    runWorkflow(repository, { workflow: "deploy.yml", sha, at: NOW - HOUR_MS });
    runWorkflow(repository, { workflow: "test.yml", sha, at: NOW });
    const { body } = await get("/repos/acme/checkout/actions/workflows/deploy.yml/runs?per_page=5");
    expect(body).toMatchObject({ total_count: 1, workflow_runs: [{ head_sha: sha }] });
  });

  test("leads from a former name to the new one, which GraphQL follows by itself", async () => {
    rename(repository, "shop/till");
    const { status, headers } = await get("/repos/acme/checkout/actions/runs");
    expect(status).toBe(301);
    expect(headers.get("location")).toBe(`${github.url}/repos/shop/till/actions/runs`);
    const { data } = await ask('{ repository(owner: "acme", name: "checkout") { nameWithOwner } }');
    expect(data.repository.nameWithOwner).toBe("shop/till");
  });
});

describe("a fault", () => {
  test("can be switched on by hand, and ends by itself after so many requests", async () => {
    const fault = { kind: "secondary", status: 429, retryAfterSeconds: 7, times: 2 };
    await fetch(`${github.url}/-/fault`, { method: "PUT", body: JSON.stringify(fault) });
    for (const status of [429, 429, 200]) {
      const answer = await get("/repos/acme/checkout/actions/runs");
      expect(answer.status).toBe(status);
      expect(answer.headers.get("retry-after")).toBe(status === 429 ? "7" : null);
    }
  });

  test("that is none is refused with what to send instead", async () => {
    const answer = await fetch(`${github.url}/-/fault`, {
      method: "PUT",
      body: '{"kind":"bad mood"}',
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("the body must be a fault");
  });

  test("of a type leaves its first node null, with an error beside the data", async () => {
    github.fault = { kind: "partial", type: "Deployment", times: 1 };
    const { data, errors } = await ask(LIST);
    expect(data.repository.deployments.nodes.map((n: unknown) => n === null)).toEqual([
      true,
      false,
    ]);
    expect(errors).toHaveLength(1);
    expect((await ask(LIST)).errors).toBeUndefined();
  });
});

test("a webhook carries its event, its delivery and a signature over the body as sent", async () => {
  const { promise, resolve } = Promise.withResolvers<{ headers: object; body: string }>();
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    resolve({ headers: request.headers, body });
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const hook = { url: `http://127.0.0.1:${port}/`, secret: "s3cret" };
  await sendWebhook(hook, "deployment_status", { action: "created" }, "d-1");
  const { headers, body } = await promise;
  server.close();
  const expected = createHmac("sha256", "s3cret").update('{"action":"created"}').digest("hex");
  expect(body).toBe('{"action":"created"}');
  expect(headers).toMatchObject({
    "x-github-event": "deployment_status",
    "x-github-delivery": "d-1",
    "x-hub-signature-256": `sha256=${expected}`,
  });
});
