/** What an incident says of the postmortem that is owed for it. */
interface OwedIncident {
  readonly postmortemUrl: string | null;
  /** The incident that it is a part of now. */
  readonly mergedInto: string | null;
  /** Epoch ms: its source has taken it back. */
  readonly withdrawnAt: number | null;
}

/** What settles an owed postmortem by itself, and what stands beside it then. */
export interface SettledBy {
  readonly cause: "postmortem" | "merged" | "withdrawn";
  readonly url: string | null;
  readonly note: string | null;
}

/**
 * Why the postmortem of an incident is owed no more; null while it is.
 * @example settledBy({ postmortemUrl: null, mergedInto: null, withdrawnAt: 5 })?.cause // "withdrawn"
 */
export function settledBy({
  postmortemUrl,
  mergedInto,
  withdrawnAt,
}: OwedIncident): SettledBy | null {
  if (postmortemUrl !== null) return { cause: "postmortem", url: postmortemUrl, note: null };
  if (mergedInto !== null) {
    return { cause: "merged", url: null, note: `Its incident was merged into ${mergedInto}.` };
  }
  if (withdrawnAt === null) return null;
  return { cause: "withdrawn", url: null, note: "Its incident was withdrawn." };
}
