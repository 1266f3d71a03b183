import type { Span } from "#lib/dora/calendar.ts";
import type { Knowledge } from "#lib/dora/knowledge.ts";

/** What a report is about. */
export interface ReportScope extends Span {
  /** IANA name: it says where days and weeks begin. */
  readonly zone: string;
  /** Epoch ms: what is open is so until now, and the rest of the range has not been yet. */
  readonly now: number;
  readonly knowledge: Knowledge;
}
