import type { Severity } from "#lib/slo/status.ts";

/** What is told to receivers. `key` names what happened, so that it is told once. Times are epoch ms. */
export type Notice = NoticeOf & {
  readonly key: string;
  readonly at: number;
  /** Null: of no team; receivers of a team do not hear of it. */
  readonly team: string | null;
};

interface OfSlo {
  readonly service: string;
  readonly slo: string;
}

type NoticeOf =
  | (OfSlo & {
      readonly kind: "policy-changed";
      readonly from: string;
      readonly to: string;
      readonly cause: "budget" | "definition" | "correction";
      /** What the new state asks for; null for Healthy. */
      readonly action: string | null;
      readonly blocks: boolean;
      /** Share of the budget spent. */
      readonly consumed: number | null;
      readonly liftsAt: number | null;
    })
  | (OfSlo & {
      readonly kind: "alert-opened";
      readonly tier: string;
      readonly severity: Severity;
      readonly consumed: number | null;
      readonly exhaustsAt: number | null;
    })
  | (OfSlo & {
      readonly kind: "alert-resolved";
      readonly tier: string;
      readonly severity: Severity;
      readonly startedAt: number;
    })
  | {
      readonly kind: "exception-asked" | "exception-decided" | "exception-expiring";
      readonly service: string;
      readonly slo: string | null;
      readonly exception: number;
      readonly environment: string | null;
      readonly askedBy: string;
      readonly expiresAt: number;
      /** Of a decided one. */
      readonly decision: "approved" | "rejected" | null;
      readonly justification: string;
    }
  | (OfSlo & {
      readonly kind: "owed";
      readonly item: number;
      readonly owes: "postmortem" | "planning";
      readonly share: number;
      readonly what: string;
    })
  | {
      readonly kind: "source-unhealthy" | "source-recovered";
      readonly source: string;
      readonly error: string | null;
    }
  | {
      readonly kind: "review-published";
      readonly month: string;
      readonly publishedBy: string;
    };

export type NoticeKind = Notice["kind"];
