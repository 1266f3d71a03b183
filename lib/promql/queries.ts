import type { Side } from "#lib/promql/evidence.ts";
import type { LintCode } from "#lib/spec/codes.ts";

/** The two queries of an SLI that counts events. */
export interface EventQueries {
  /** What the numerator counts. */
  readonly counts: Side;
  readonly numerator: string;
  readonly total: string;
}

/** Something that is probably not what was meant. */
export interface Lint {
  readonly code: LintCode;
  readonly message: string;
}
