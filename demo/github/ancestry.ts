/** Deployments as a file of facts tells them: which commits each brought, oldest first. */
export interface ToldDeployment {
  readonly sha: string;
  readonly commits: readonly string[];
}

/**
 * Parents for every commit, such that what is reachable from each deployment and not from the one before
 * is what the file says. The file leaves the true shape open: commits that lie below the same deployments
 * become a chain, oldest first, and a chain stands on those that lie below the same deployments and more.
 */
export function parentsFor(
  deployments: readonly ToldDeployment[],
  timeOf: (sha: string) => number,
): Map<string, string[]> {
  const chains = [...Map.groupBy(...membership(deployments))]
    .map(([below, shas]) => ({ below, shas: shas.toSorted(order(deployments, timeOf)) }))
    .toSorted((a, b) => countOf(b.below) - countOf(a.below));
  const parents = new Map<string, string[]>();
  const feet: Set<number>[] = [];
  for (const [index, chain] of chains.entries()) {
    const { direct, all } = feetOf(chains, feet, index);
    feet.push(all);
    const tips = direct.flatMap((foot) => chains[foot]?.shas.at(-1) ?? []);
    for (const [place, sha] of chain.shas.entries()) {
      const before = chain.shas[place - 1];
      parents.set(sha, before === undefined ? tips : [before]);
    }
  }
  return parents;
}

/** Every commit with the deployments that it lies below, as bits. */
function membership(deployments: readonly ToldDeployment[]): [string[], (sha: string) => bigint] {
  const below = new Map<string, bigint>();
  for (const [index, shas] of reachable(deployments).entries()) {
    for (const sha of shas) below.set(sha, (below.get(sha) ?? 0n) | (1n << BigInt(index)));
  }
  return [[...below.keys()], (sha) => below.get(sha) ?? 0n];
}

/**
 * What is reachable from each deployment. A commit that is brought again was not reachable from the one
 * before; when the version before is itself brought again later, a switch of branches left it behind
 * together with all that comes back with it.
 */
function reachable(deployments: readonly ToldDeployment[]): Set<string>[] {
  const brought = deployments.map(({ sha, commits }, index) =>
    index === 0 ? new Set([sha, ...commits]) : new Set(commits),
  );
  let before = new Set<string>();
  return deployments.map((_, index) => {
    const last = deployments[index - 1]?.sha ?? "";
    const returns = brought.find((set, later) => later >= index && set.has(last));
    const next = brought[index + 1];
    const stayed = [...before].filter((sha) => !returns?.has(sha) && !next?.has(sha));
    before = new Set([...stayed, ...(brought[index] ?? [])]);
    return before;
  });
}

/** By time, with a deployment's own commit last. */
function order(deployments: readonly ToldDeployment[], timeOf: (sha: string) => number) {
  const tips = new Set(deployments.map(({ sha }) => sha));
  const rank = (sha: string) => (tips.has(sha) ? 1 : 0);
  return (a: string, b: string) => rank(a) - rank(b) || timeOf(a) - timeOf(b) || a.localeCompare(b);
}

function countOf(bits: bigint): number {
  return bits.toString(2).replaceAll("0", "").length;
}

/** The chains that one stands on: all of them, and those that no other of them stands on. */
function feetOf(
  chains: readonly { readonly below: bigint }[],
  feet: readonly ReadonlySet<number>[],
  index: number,
) {
  const own = chains[index]?.below ?? 0n;
  const all = new Set<number>();
  const direct: number[] = [];
  for (let other = index - 1; other >= 0; other--) {
    if (all.has(other) || ((chains[other]?.below ?? 0n) & own) !== own) continue;
    direct.push(other);
    all.add(other);
    for (const each of feet[other] ?? []) all.add(each);
  }
  return { direct, all };
}
