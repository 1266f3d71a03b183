import type { PreviewAnswer } from "#components/editor/view.ts";

/** Where a preview stands. */
export interface PreviewState {
  /** The newest answer to the present question; null while there is none. */
  readonly answer: PreviewAnswer | null;
  /** What is being asked now. */
  readonly asking: "day" | "window" | null;
  /** Why something could not be had. */
  readonly problem: string | null;
  readonly again: () => void;
}
