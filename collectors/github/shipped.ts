import type { Commits } from "#collectors/github/commits.ts";
import { isDue, type Sequences, type Step, settle, stepsOf } from "#collectors/github/sequence.ts";
import type { ShippedCommits } from "#lib/dora/facts.ts";

export interface ShippingOptions {
  /** Commits are read down to here; epoch ms. */
  readonly floor: number;
  /** Arrivals before this are not looked at now; epoch ms. */
  readonly from: number;
  /** Nothing older is to come. */
  readonly isWhole: boolean;
  /** What cannot be worked out now never will be: it is given as far as it is known. */
  readonly isLast: boolean;
}

/**
 * Works out what each arrival shipped, where both ends and all between are known. What reaches below the
 * floor waits for the next step back.
 */
export async function shipArrivals(
  commits: Commits,
  sequences: Sequences,
  { floor, from, isWhole, isLast }: ShippingOptions,
): Promise<ShippedCommits[]> {
  const due = stepsOf(sequences, isWhole)
    .filter(isDue)
    .filter(({ arrival }) => arrival.at >= from);
  await commits.read(endsOf(due, from), floor);
  if (isLast) {
    await commits.readDeeper(() => walkAll(commits, due).some(({ isComplete }) => !isComplete));
  }
  const [told, waiting] = partition(walkAll(commits, due), isLast);
  commits.keepOnly(endsOf(waiting, from));
  for (const { step } of told) settle(sequences, step, step.previous?.sha ?? null);
  return told.map(factOf);
}

/** The versions between which commits are looked for, newest first: a newer one often covers an older. */
function endsOf(steps: readonly Step[], from: number): string[] {
  const ends = steps.flatMap(({ arrival, previous }) => (previous ? [arrival, previous] : []));
  const recent = ends.filter(({ at }) => at >= from).toSorted((a, b) => b.at - a.at);
  return [...new Set(recent.map(({ sha }) => sha))];
}

function partition(walks: readonly Walk[], isLast: boolean): [Walk[], Step[]] {
  const isTold = ({ isComplete }: Walk) => isComplete || isLast;
  return [walks.filter(isTold), walks.filter((each) => !isTold(each)).map(({ step }) => step)];
}

interface Walk {
  readonly step: Step;
  readonly shas: readonly string[];
  readonly isStraight: boolean;
  readonly isComplete: boolean;
}

function factOf({ step, shas, isStraight, isComplete }: Walk): ShippedCommits {
  return {
    deploymentId: step.arrival.id,
    previousSha: step.previous?.sha ?? null,
    shas,
    confidence: isStraight ? "high" : "low",
    complete: isComplete,
  };
}

/** The ancestors of the version before, carried from step to step while history is straight. */
interface Carried {
  sha: string | null;
  ancestors: Set<string>;
}

/** Jobs of one version have the same step, which is walked once. */
function walkAll(commits: Commits, steps: readonly Step[]): Walk[] {
  const carried: Carried = { sha: null, ancestors: new Set() };
  const walked = new Map<string, Walk>();
  return steps.map((step) => {
    const range = `${step.previous?.sha}..${step.arrival.sha}`;
    const walk = walked.get(range) ?? walkOne(commits, step, carried);
    walked.set(range, walk);
    return { ...walk, step };
  });
}

function walkOne(commits: Commits, step: Step, carried: Carried): Walk {
  const { arrival, previous } = step;
  if (!previous) return { step, shas: [], isStraight: true, isComplete: true };
  if (commits.gone.has(arrival.sha))
    return { step, shas: [], isStraight: false, isComplete: false };
  if (commits.gone.has(previous.sha)) return walkSince(commits, step, previous.at);
  if (carried.sha !== previous.sha) {
    Object.assign(carried, { sha: previous.sha, ancestors: commits.graph.ancestors(previous.sha) });
  }
  const { reached, missing, touched } = commits.graph.beyond(arrival.sha, carried.ancestors);
  const isStraight = reached.size === 0 || touched.has(previous.sha);
  const isComplete = missing.length === 0;
  if (isComplete && touched.has(previous.sha)) carry(carried, arrival.sha, reached);
  const shas = [...reached].filter((sha) => commits.graph.get(sha) !== null);
  return { step, shas, isStraight, isComplete };
}

function carry(carried: Carried, sha: string, reached: ReadonlySet<string>): void {
  carried.sha = sha;
  for (const each of reached) carried.ancestors.add(each);
}

/** The version before was forced away: what was committed after it had arrived is all that can be said. */
function walkSince({ graph }: Commits, step: Step, since: number): Walk {
  const shas = [...graph.ancestors(step.arrival.sha)].filter(
    (sha) => (graph.get(sha)?.committedDate ?? 0) > since,
  );
  return { step, shas, isStraight: false, isComplete: false };
}
