import { schema as published } from "@octokit/graphql-schema";
import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import { commitFields } from "#demo/github/fields/commit.ts";
import { type Context, dateTime } from "#demo/github/fields/context.ts";
import { deploymentFields } from "#demo/github/fields/deployment.ts";
import { issueFields } from "#demo/github/fields/issue.ts";
import { pullFields } from "#demo/github/fields/pull.ts";
import { notFound, repositoryFields } from "#demo/github/fields/repository.ts";
import type { Quota } from "#demo/github/quota.ts";
import type { World } from "#demo/github/world.ts";

let built: GraphQLSchema | null = null;

/** GitHub's own public schema, built once. */
function githubSchema(): GraphQLSchema {
  built ??= buildSchema(published.idl, { assumeValid: true });
  return built;
}

export interface Asked {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Reads and checks a query against the schema; the errors are what GitHub would refuse it with. */
export function readQuery(query: string): DocumentNode | readonly GraphQLError[] {
  const document = parse(query);
  const errors = validate(githubSchema(), document);
  return errors.length > 0 ? errors : document;
}

/** Executes a checked query; errors stand beside what could be had. */
export async function answerQuery({ document, variables }: Asked, context: Omit<Context, "make">) {
  const result = await execute({
    schema: githubSchema(),
    document,
    variableValues: variables,
    contextValue: { ...context, make },
    rootValue: root,
  });
  const errors = result.errors?.map(errorRow);
  return errors ? { data: result.data ?? null, errors } : { data: result.data ?? null };
}

/** GitHub puts the kind of an error beside its message. */
export function errorRow(error: GraphQLError): object {
  const { message, path, locations, extensions } = error;
  return { ...(extensions.type ? { type: extensions.type } : {}), path, locations, message };
}

const make = { commit: commitFields, pull: pullFields, repository: repositoryFields };

const root = {
  repository: ({ owner, name }: { owner: string; name: string }, { world }: Context): object => {
    const full = `${owner}/${name}`;
    const found = world.repositories.find(
      (each) => `${each.owner}/${each.name}` === full || each.formerNames.includes(full),
    );
    if (!found) throw notFound(`a Repository with the name '${full}'`);
    return repositoryFields(found);
  },
  node: ({ id }: { id: string }, { world }: Context) => nodeById(world, id) ?? missing(id),
  nodes: ({ ids }: { ids: string[] }, { world }: Context) =>
    ids.map((id) => nodeById(world, id) ?? missing(id)),
  rateLimit: (_: unknown, { rateLimit }: Context) => rateLimit,
  viewer: { login: "plimsoll" },
};

function missing(id: string) {
  return notFound(`a node with the global id of '${id}'`);
}

function nodeById(world: World, id: string): object | null {
  for (const repository of world.repositories) {
    if (repository.id === id) return repositoryFields(repository);
    const deployment = repository.deployments.find((each) => each.id === id);
    if (deployment) return deploymentFields(deployment);
    const pull = repository.pulls.find((each) => each.id === id);
    if (pull) return pullFields(repository, pull);
    const issue = repository.issues.find((each) => each.id === id);
    if (issue) return issueFields(repository, issue);
    const commit = id.startsWith("C_") ? repository.commits.get(id.slice(2)) : undefined;
    if (commit) return commitFields(repository, commit);
  }
  return null;
}

/** The query's `rateLimit` object. */
export function rateLimitOf(quota: Quota, of: { points: number; nodes: number }): object {
  return {
    cost: of.points,
    limit: quota.limit,
    nodeCount: of.nodes,
    remaining: quota.limit - quota.used,
    used: quota.used,
    resetAt: dateTime(quota.resetAt),
  };
}
