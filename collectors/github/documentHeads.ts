import { UpstreamError } from "#collectors/collector.ts";
import { chunks } from "#collectors/github/bringers.ts";
import type { Answer, GithubClient } from "#collectors/github/client.ts";
import type { Problem } from "#collectors/github/failure.ts";
import {
  type HeadAsked,
  type HeadNode,
  headName,
  headsQuery,
  type ObjectNode,
  pathName,
} from "#collectors/github/queries/documents.ts";

/** A repository whose documents cannot be read at present, in words; nothing follows for what they said. */
export class OutOfReach extends Error {
  override readonly name = "OutOfReach";
}

/** There is none of this name or id, as far as the token may see. */
export class NoSuchRepository extends OutOfReach {
  constructor() {
    super("there is no such repository, or the token may not see it");
  }
}

/** What the default branch holds at the paths that are read; null = nothing, and surely so. */
export interface Head {
  readonly id: string;
  readonly url: string;
  readonly commit: string;
  readonly objects: readonly (ObjectNode | null)[];
}

const REPOSITORIES_AT_ONCE = 25;
/** So many that take GitHub too long by themselves: it is GitHub that is not well. */
const PATIENCE = 3;

/** The heads of many repositories, a point for each 25; an error in place of those that cannot be read. */
export async function headsOf(
  client: GithubClient,
  asked: readonly HeadAsked[],
  signal: AbortSignal,
): Promise<(Head | OutOfReach)[]> {
  const heads: (Head | OutOfReach)[] = [];
  const run: Run = { client, signal, patience: PATIENCE };
  for (const some of chunks(asked, REPOSITORIES_AT_ONCE)) {
    heads.push(...(await headsTogether(run, some)));
  }
  return heads;
}

interface Run {
  readonly client: GithubClient;
  readonly signal: AbortSignal;
  patience: number;
}

/** What takes GitHub too long together is asked for in halves. */
async function headsTogether(
  run: Run,
  asked: readonly HeadAsked[],
): Promise<(Head | OutOfReach)[]> {
  const query = headsQuery(asked);
  try {
    const { data, problems } = await run.client.query(query, query.variables, run.signal);
    return asked.map((each, i) => headIn(data[headName(i)], each, problemsAt(problems, i)));
  } catch (error) {
    if (!isTooLate(error) || run.patience === 0) throw error;
    if (asked.length === 1) {
      run.patience -= 1;
      return [new OutOfReach(error.message)];
    }
    const middle = Math.ceil(asked.length / 2);
    const first = await headsTogether(run, asked.slice(0, middle));
    return [...first, ...(await headsTogether(run, asked.slice(middle)))];
  }
}

/** GitHub's own deadline has passed. */
function isTooLate(error: unknown): error is UpstreamError {
  if (!(error instanceof UpstreamError)) return false;
  return error.httpStatus === 502 || error.httpStatus === 504;
}

/** An error that names no place may be about any of them. */
function problemsAt(problems: readonly Problem[], i: number): Problem[] {
  return problems.filter(({ path }) => !path || path.length === 0 || path[0] === headName(i));
}

/** That nothing is at a path counts only where the branch itself was read, and without a complaint. */
function headIn(
  node: HeadNode | null | undefined,
  { paths }: HeadAsked,
  problems: readonly Problem[],
): Head | OutOfReach {
  const [problem] = problems;
  if (problem) return refused(problem);
  if (!node) return new NoSuchRepository();
  const commit = node.defaultBranchRef?.target?.oid;
  if (!commit || !node.root) {
    return new OutOfReach("its default branch has no commit, or the token may not read Contents");
  }
  const objects = paths.map((_, p) => node[pathName(p)]);
  const { id, url } = node;
  return { id, url, commit, objects: objects.map(objectOf) };
}

function objectOf(value: HeadNode[string] | undefined): ObjectNode | null {
  return value ?? null;
}

function refused({ type, message }: Problem): OutOfReach {
  if (type === "NOT_FOUND") return new NoSuchRepository();
  return new OutOfReach(`GitHub refused: ${message.slice(0, 300)}`);
}

/** The answer, if nothing is left out of it. */
export function whole<T>({ data, problems: [problem] }: Answer<T>): T {
  if (problem) throw new OutOfReach(`GitHub left something out: ${problem.message.slice(0, 300)}`);
  return data;
}
