import { GraphQLError } from "graphql";
import { z } from "zod";
import { STEADY } from "#demo/github/connection.ts";
import { costOf } from "#demo/github/cost.ts";
import type { Desk } from "#demo/github/desk.ts";
import { answerQuery, errorRow, rateLimitOf, readQuery } from "#demo/github/execute.ts";
import type { GithubFault } from "#demo/github/fault.ts";
import { quotaHeaders, spend } from "#demo/github/quota.ts";
import { ok, type Reply, refuse } from "#demo/github/reply.ts";

const bodyShape = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** GitHub's limit of one query. */
const MAX_NODES = 500_000;

/** `POST /graphql`. */
export async function serveGraphql(desk: Desk, body: string, fault: GithubFault): Promise<Reply> {
  const asked = bodyShape.safeParse(readJson(body));
  if (!asked.success) return refuse(400, "Problems parsing JSON");
  const variables = asked.data.variables ?? {};
  const document = parsed(asked.data.query);
  if (!("definitions" in document)) return ok({ errors: document.map(errorRow) });
  const cost = costOf(document, variables);
  if (cost.nodes > MAX_NODES) return ok({ errors: [tooManyNodes(cost.nodes)] });
  if (fault.kind === "bad-gateway" && cost.widest > fault.above) return BAD_GATEWAY;
  const { quota } = desk;
  if (!spend(quota, cost.points, desk.clock())) return ok(LIMITED, quotaHeaders(quota, "graphql"));
  desk.queries.push({ points: cost.points, query: asked.data.query });
  const answer = await answerQuery(
    { document, variables },
    {
      world: desk.world,
      webUrl: "https://github.example",
      rateLimit: rateLimitOf(quota, cost),
      paging: fault.kind === "restless" ? { overlap: fault.overlap, reversed: true } : STEADY,
      broken: fault.kind === "partial" ? fault.type : null,
      hollow: fault.kind === "hollow" ? fault.of : null,
    },
  );
  return ok(answer, quotaHeaders(quota, "graphql"));
}

/** What GitHub answers, with HTTP 200, when the hour's points are gone. */
export const LIMITED = {
  errors: [{ type: "RATE_LIMITED", message: "API rate limit already exceeded for user ID 1." }],
};

const BAD_GATEWAY: Reply = {
  status: 502,
  body: { data: null, errors: [{ message: "Something went wrong while executing your query." }] },
};

function tooManyNodes(nodes: number) {
  const message = `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of ${MAX_NODES}.`;
  return { type: "MAX_NODE_LIMIT_EXCEEDED", message };
}

function parsed(query: string): ReturnType<typeof readQuery> {
  try {
    return readQuery(query);
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError(String(error))];
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
