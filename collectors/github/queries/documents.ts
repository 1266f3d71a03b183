import { z } from "zod";
import type { Query, Variables } from "#collectors/github/client.ts";
import { RATE_LIMIT } from "#collectors/github/queries/page.ts";

/** A query that is made for what it asks: each thing under a name of its own, which errors name too. */
interface BuiltQuery<T> extends Query<T> {
  readonly variables: Variables;
}

/** One repository, by its id where that is known, and what is looked at in it. */
export interface HeadAsked {
  readonly id: string | null;
  readonly owner: string;
  readonly name: string;
  /** Folders or files. */
  readonly paths: readonly string[];
}

const objectShape = z.object({ __typename: z.string(), oid: z.string() }).nullable();

const headShape = z
  .object({
    id: z.string(),
    url: z.url({ protocol: /^https?$/ }),
    defaultBranchRef: z.object({ target: z.object({ oid: z.string() }).nullable() }).nullable(),
    root: z.object({ oid: z.string() }).nullable(),
  })
  .catchall(objectShape);

export type HeadNode = z.infer<typeof headShape>;
export type ObjectNode = NonNullable<z.infer<typeof objectShape>>;

/** Under which name the answer tells of the repository, and of the path within it. */
export const headName = (i: number) => `r${i}`;
export const pathName = (i: number) => `p${i}`;

/** What the default branches of repositories hold at these paths, by its name in Git. */
export function headsQuery(
  asked: readonly HeadAsked[],
): BuiltQuery<Readonly<Record<string, HeadNode | null | undefined>>> {
  const variables: Record<string, string> = {};
  const names = new Set<string>();
  const variable = (name: string, type: string, value: string) => {
    variables[name] = value;
    names.add(`$${name}: ${type}`);
    return `$${name}`;
  };
  const parts = asked.map(({ id, owner, name, paths }, i) => {
    const objects = paths.map((path, p) => {
      const expression = variable(`e${i}_${p}`, "String!", `HEAD:${path}`);
      return `${pathName(p)}: object(expression: ${expression}) { __typename oid }`;
    });
    const fields = `id url defaultBranchRef { target { oid } } root: object(expression: "HEAD:") { oid } ${objects.join(" ")}`;
    if (id !== null) {
      const of = variable(`id${i}`, "ID!", id);
      return `${headName(i)}: node(id: ${of}) { ... on Repository { ${fields} } }`;
    }
    const of = `owner: ${variable(`o${i}`, "String!", owner)}, name: ${variable(`n${i}`, "String!", name)}`;
    return `${headName(i)}: repository(${of}) { ${fields} }`;
  });
  const shape = z
    .object(Object.fromEntries(asked.map((_, i) => [headName(i), headShape.nullable()])))
    .strip();
  return {
    text: `query DocumentHeads(${[...names].join(", ")}) { ${RATE_LIMIT} ${parts.join(" ")} }`,
    variables,
    shape,
  };
}

const entryShape = z.object({
  name: z.string(),
  type: z.string(),
  /** Of the file; 40960 is a symbolic link. */
  mode: z.number(),
  oid: z.string(),
  size: z.number(),
});
const treeShape = z.object({ entries: z.array(entryShape).nullish() });
const blobShape = z.object({
  oid: z.string(),
  byteSize: z.number(),
  isBinary: z.boolean().nullish(),
  isTruncated: z.boolean(),
  text: z.string().nullish(),
});

export type EntryNode = z.infer<typeof entryShape>;
export type BlobNode = z.infer<typeof blobShape>;
type TreeNode = z.infer<typeof treeShape>;

const TREE = "... on Tree { entries { name type mode oid size } }";
const BLOB = "... on Blob { oid byteSize isBinary isTruncated text }";

/** What folders hold, in the order in which they are asked for; null = could not be had. */
export function treesQuery(repository: string, oids: readonly string[]) {
  return objectsQuery<TreeNode>("DocumentTrees", { repository, oids, fields: TREE }, treeShape);
}

/** The texts of files, in the order in which they are asked for; null = could not be had. */
export function blobsQuery(repository: string, oids: readonly string[]) {
  return objectsQuery<BlobNode>("DocumentTexts", { repository, oids, fields: BLOB }, blobShape);
}

interface Objects {
  readonly repository: string;
  readonly oids: readonly string[];
  readonly fields: string;
}

function objectsQuery<T>(
  title: string,
  { repository, oids, fields }: Objects,
  node: z.ZodType<T>,
): BuiltQuery<readonly (T | null)[]> {
  const declared = oids.map((_, i) => `$t${i}: GitObjectID!`).join(", ");
  const objects = oids.map((_, i) => `t${i}: object(oid: $t${i}) { ${fields} }`).join(" ");
  const found = z.object({ node: z.record(z.string(), node.nullable()).nullable() });
  return {
    text: `query ${title}($repository: ID!, ${declared}) {
      ${RATE_LIMIT}
      node(id: $repository) { ... on Repository { ${objects} } }
    }`,
    variables: { repository, ...Object.fromEntries(oids.map((oid, i) => [`t${i}`, oid])) },
    shape: found.transform(({ node: byName }) => oids.map((_, i) => byName?.[`t${i}`] ?? null)),
  };
}
