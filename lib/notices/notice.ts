import type { Severity } from "#lib/slo/status.ts";

/** What is told to receivers. `key` names what happened, so that it is told once. Times are epoch ms. */
export type Notice = NoticeOf & {
  readonly key: string;
  readonly at: number;
  /** Null: of no team; receivers of a team do not hear of it. */
  readonly team: string | null;
  /** Receivers of all teams do not hear of it: they heard the same as another team's. */
  readonly forTeamOnly?: boolean;
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
      readonly cause: "budget" | "definition" | "correction" | "retired" | "restored";
      /** What the new state asks for; null for Healthy, and of an aspirational SLO. */
      readonly action: string | null;
      readonly blocks: boolean;
      /** Share of the budget spent. */
      readonly consumed: number | null;
      readonly liftsAt: number | null;
    })
  | (OfSlo & {
      readonly kind: "alert-opened";
      /** The same in the notice of its end. */
      readonly alert: string;
      readonly tier: string;
      readonly severity: Severity;
      readonly startedAt: number;
      readonly consumed: number | null;
      readonly exhaustsAt: number | null;
      /** The window whose pace that goes by; absent: 6h. */
      readonly paceOver?: string;
    })
  | (OfSlo & {
      readonly kind: "alert-resolved";
      readonly alert: string;
      /** The tier that it began with. */
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
