import { graphql } from "@octokit/graphql";
import { z } from "zod";
import { UpstreamError } from "#collectors/collector.ts";
import type { Points } from "#collectors/delivery.ts";
import { type Authorize, authorization, grantShape } from "#collectors/github/auth.ts";
import { baseUrlOf, type Call, caller, checked, dataOf, octokit } from "#collectors/github/call.ts";
import { type Problem, problemsOf, upstreamError } from "#collectors/github/failure.ts";
import { unseen } from "#collectors/github/http.ts";
import type { GithubSource } from "#collectors/github/source.ts";

/** A query and what its data must look like. Each asks `rateLimit` beside its own fields. */
export interface Query<T> {
  readonly text: string;
  readonly shape: z.ZodType<T>;
}

export interface Answer<T> {
  readonly data: T;
  /** What could not be had while the rest was. */
  readonly problems: readonly Problem[];
}

/** Every answer is checked; every error is an `UpstreamError`. */
export interface GithubClient {
  query<T>(query: Query<T>, variables: Variables, signal: AbortSignal): Promise<Answer<T>>;
  /** REST, for the little that GraphQL does not know. `path` begins with a slash. */
  get<T>(path: string, shape: z.ZodType<T>, signal: AbortSignal): Promise<T>;
  /** The same for what is told to GitHub; what it answers says nothing. */
  post(path: string, body: Variables, signal: AbortSignal): Promise<void>;
  /** The error for an answer that leaves out what cannot be done without. */
  refusal(problems: readonly Problem[]): UpstreamError;
  points(): Points;
}

export type Variables = Readonly<Record<string, unknown>>;

const rateLimitShape = z.object({
  rateLimit: z
    .object({
      cost: z.number(),
      limit: z.number(),
      remaining: z.number(),
      resetAt: z.iso.datetime(),
    })
    .nullish(),
});

export function githubClient(source: GithubSource): GithubClient {
  const call = caller(source);
  const authorize = authorizer(source, call);
  let points: Points = { used: 0, remaining: null, limit: null, resetAt: null };
  const ask = async (query: string, variables: Variables, signal: AbortSignal) => {
    const headers = { authorization: await authorize(signal) };
    const { body } = await call(signal, (request) =>
      graphql(query, { ...variables, baseUrl: baseUrlOf(source), headers, request }),
    );
    const spent = rateLimitShape.safeParse(dataOf(body)).data?.rateLimit;
    if (spent) points = added(points, spent);
    return body;
  };
  return {
    async query({ text, shape }, variables, signal) {
      const first = await ask(text, variables, signal);
      // What failed for no stated reason is mostly there a moment later.
      const again = problemsOf(first).some(({ type }) => !type);
      const body = again ? await ask(text, variables, signal) : first;
      return { data: checked(source, shape, body, dataOf(body)), problems: problemsOf(body) };
    },
    async get(path, shape, signal) {
      const headers = { authorization: await authorize(signal) };
      const { body } = await call(signal, (request) =>
        octokit(source).request(`GET ${path}`, { headers, request }),
      );
      return checked(source, shape, body);
    },
    async post(path, body, signal) {
      const headers = { authorization: await authorize(signal) };
      await call(signal, (request) =>
        octokit(source).request(`POST ${path}`, { ...body, headers, request }),
      );
    },
    refusal: (errors) =>
      upstreamError(source, { ...unseen(), status: 200, body: { errors } }, false),
    points: () => points,
  };
}

function added(
  points: Points,
  spent: { cost: number; limit: number; remaining: number; resetAt: string },
): Points {
  const { cost, limit, remaining } = spent;
  return { used: points.used + cost, limit, remaining, resetAt: Date.parse(spent.resetAt) };
}

function authorizer(source: GithubSource, call: Call): Authorize {
  const authorize = authorization(source.auth, async ({ installationId, jwt }, signal) => {
    const { body } = await call(signal, (request) =>
      octokit(source).request("POST /app/installations/{installationId}/access_tokens", {
        installationId,
        headers: { authorization: `bearer ${jwt}` },
        request,
      }),
    );
    return checked(source, grantShape, body);
  });
  return async (signal) => {
    try {
      return await authorize(signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UpstreamError) throw error;
      const what = `${source.name}: the app's private key cannot be read; give the PEM text that GitHub made`;
      throw new UpstreamError(what, { source: source.name, kind: "parse" });
    }
  };
}
