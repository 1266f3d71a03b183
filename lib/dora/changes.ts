import type { Change } from "#lib/dora/facts.ts";

/** Changes as they are looked for. A lone commit that belongs to a pull request is none of its own. */
export interface ChangeIndex {
  readonly byId: ReadonlyMap<string, Change>;
  /** By each sha that brought it to the main line. */
  readonly byMergeSha: ReadonlyMap<string, Change>;
  /** By each commit of the branch, where no merge has that sha. */
  readonly byCommitSha: ReadonlyMap<string, Change>;
}

/**
 * Changes by id and by sha. Of two that claim one sha, the pull request with the lowest id has it.
 * @example indexChanges(changes).byMergeSha.get(sha)?.number // 41
 */
export function indexChanges(changes: readonly Change[]): ChangeIndex {
  const byMergeSha = new Map<string, Change>();
  const byCommitSha = new Map<string, Change>();
  for (const change of [...changes].sort(pullRequestsFirst)) {
    const isPart = change.number === null && change.mergeShas.some((sha) => byCommitSha.has(sha));
    if (isPart) continue;
    for (const sha of change.mergeShas) setOnce(byMergeSha, sha, change);
    for (const { sha } of change.commits) setOnce(byCommitSha, sha, change);
  }
  return { byId: new Map(changes.map((c) => [c.id, c])), byMergeSha, byCommitSha };
}

function pullRequestsFirst(a: Change, b: Change): number {
  const lone = Number(a.number === null) - Number(b.number === null);
  return lone || (a.id < b.id ? -1 : 1);
}

function setOnce(map: Map<string, Change>, sha: string, change: Change): void {
  if (!map.has(sha)) map.set(sha, change);
}

/**
 * Whether `text` may be the beginning of a sha: hexadecimal, at least 7 digits as Git's own habit is
 * (fewer are a word or a number as likely), and not a whole one of 40.
 * @example isShortSha("dc16c5b") // true
 */
export function isShortSha(text: string): boolean {
  return /^[0-9a-f]{7,39}$/i.test(text);
}

/**
 * The change that a sha (whole, or its first 7 digits or more) or a change id names; null when none is
 * known by it.
 * @example findChange(index, "dc16c5b")?.id // "pr:R_1#41"
 */
export function findChange(index: ChangeIndex, named: string): Change | null {
  const { byId, byMergeSha, byCommitSha } = index;
  const exact = byId.get(named) ?? byMergeSha.get(named) ?? byCommitSha.get(named);
  if (exact) return exact;
  const digits = named.toLowerCase();
  if (!isShortSha(digits)) return null;
  for (const map of [byMergeSha, byCommitSha]) {
    for (const [sha, change] of map) if (sha.startsWith(digits)) return change;
  }
  return null;
}
