/** `slack`: a message for people, as Slack and its likes take it; `webhook`: JSON for programs, signed. */
export const RECEIVER_KINDS = ["slack", "webhook"] as const;

/** How a receiver lies in the database. */
export interface SealedReceiver {
  readonly id: string;
  readonly kind: (typeof RECEIVER_KINDS)[number];
  readonly sealedUrl: string;
  /** Null for kinds that sign nothing. */
  readonly sealedSecret: string | null;
}

/** What is needed to send to it. */
export interface OpenReceiver {
  readonly url: string;
  /** As `whsec_…`; null for kinds that sign nothing. */
  readonly secret: string | null;
}

/** Opens it with the server's secret; null when that is another than it was sealed with. */
export type OpenSeal = (sealed: SealedReceiver) => OpenReceiver | null;
