import type { Change } from "#lib/dora/facts.ts";
import { serviceOfChange } from "#lib/dora/posted.ts";

/** Changes as they are looked for. A lone commit that belongs to a pull request is none of its own. */
export interface ChangeIndex {
  readonly byId: ReadonlyMap<string, Change>;
  /** By each sha that brought it to the main line. */
  readonly byMergeSha: ReadonlyMap<string, Change>;
  /** By each commit of the branch, where no merge has that sha. */
  readonly byCommitSha: ReadonlyMap<string, Change>;
  /** What pipelines named: by service and sha, for that service alone. */
  readonly byService: ReadonlyMap<string, ReadonlyMap<string, Change>>;
}

/**
 * Changes by id and by sha. Of two that claim one sha, the pull request with the lowest id has it.
 * @example indexChanges(changes).byMergeSha.get(sha)?.number // 41
 */
export function indexChanges(changes: readonly Change[]): ChangeIndex {
  const byMergeSha = new Map<string, Change>();
  const byCommitSha = new Map<string, Change>();
  const byService = new Map<string, Map<string, Change>>();
  for (const change of [...changes].sort(pullRequestsFirst)) {
    const service = serviceOfChange(change.id);
    if (service !== null) {
      const own = byService.get(service) ?? new Map<string, Change>();
      for (const sha of change.mergeShas) own.set(sha, change);
      byService.set(service, own);
      continue;
    }
    const isPart = change.number === null && change.mergeShas.some((sha) => byCommitSha.has(sha));
    if (isPart) continue;
    for (const sha of change.mergeShas) setOnce(byMergeSha, sha, change);
    for (const { sha } of change.commits) setOnce(byCommitSha, sha, change);
  }
  return { byId: new Map(changes.map((c) => [c.id, c])), byMergeSha, byCommitSha, byService };
}

function pullRequestsFirst(a: Change, b: Change): number {
  const lone = Number(a.number === null) - Number(b.number === null);
  return lone || (a.id < b.id ? -1 : 1);
}

function setOnce(map: Map<string, Change>, sha: string, change: Change): void {
  if (!map.has(sha)) map.set(sha, change);
}

/**
 * The change that brought a commit to the main line, as a repository tells it, else as the service's own
 * pipeline does; null when neither knows.
 * @example changeOf(index, sha, "checkout")?.number // 41
 */
export function changeOf(index: ChangeIndex, sha: string, service: string): Change | null {
  const told = index.byMergeSha.get(sha);
  if (told || index.byCommitSha.has(sha)) return told ?? null;
  return index.byService.get(service)?.get(sha) ?? null;
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
 * The change that a sha (whole, or its first 7 digits or more) or a change id names to a service; null
 * when none is known by it.
 * @example findChange(index, "dc16c5b", "checkout")?.id // "pr:R_1#41"
 */
export function findChange(index: ChangeIndex, named: string, service: string): Change | null {
  const { byId, byMergeSha, byCommitSha } = index;
  const posted = index.byService.get(service) ?? new Map<string, Change>();
  const exact =
    byId.get(named) ?? byMergeSha.get(named) ?? byCommitSha.get(named) ?? posted.get(named);
  if (exact) return exact;
  const digits = named.toLowerCase();
  if (!isShortSha(digits)) return null;
  for (const map of [byMergeSha, byCommitSha, posted]) {
    for (const [sha, change] of map) if (sha.startsWith(digits)) return change;
  }
  return null;
}
