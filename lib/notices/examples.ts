import type { Notice, NoticeKind } from "#lib/notices/notice.ts";

const AT = Date.UTC(2026, 6, 1, 10);
const DAY = 86_400_000;
const OF_SLO = { at: AT, team: "payments", service: "checkout", slo: "availability" };
const OF_EXCEPTION = {
  ...{ at: AT, team: "payments", service: "checkout", slo: null, exception: 7 },
  ...{ environment: "production", askedBy: "Ada Byron", expiresAt: AT + 30 * DAY },
  justification: "The spring sale was announced; the fix for the timeouts is in this release.",
};
const OF_SOURCE = { at: AT, team: null, source: "prometheus" };

/** A notice of each kind, for the docs and tests. */
export const EXAMPLES: Readonly<Record<NoticeKind, Notice>> = {
  "policy-changed": {
    ...{ ...OF_SLO, kind: "policy-changed", key: "policy:1", cause: "budget", blocks: true },
    ...{ from: "Healthy", to: "Feature freeze", consumed: 1.18, liftsAt: AT + 3.25 * DAY },
    action: "Feature freeze; all hands on reliability",
  },
  "alert-opened": {
    ...{ ...OF_SLO, kind: "alert-opened", key: "alert:1", tier: "page-fast", severity: "page" },
    ...{ alert: `12:page:${AT}`, startedAt: AT, consumed: 0.42, exhaustsAt: AT + 2 * DAY },
    paceOver: "1h",
  },
  "alert-resolved": {
    ...{ ...OF_SLO, kind: "alert-resolved", key: "alert:2", tier: "page-fast", severity: "page" },
    ...{ alert: `12:page:${AT - DAY / 24}`, startedAt: AT - DAY / 24 },
  },
  "exception-asked": {
    ...{ ...OF_EXCEPTION, kind: "exception-asked", key: "exception:1", decision: null },
  },
  "exception-decided": {
    ...{ ...OF_EXCEPTION, kind: "exception-decided", key: "exception:2", decision: "approved" },
  },
  "exception-expiring": {
    ...{ ...OF_EXCEPTION, kind: "exception-expiring", key: "exception:3", decision: "approved" },
  },
  owed: {
    ...{ ...OF_SLO, kind: "owed", key: "owed:1", item: 3, owes: "postmortem", share: 0.31 },
    what: "The incident “Card payments time out” spent 31 % of the budget",
  },
  "source-unhealthy": {
    ...{ ...OF_SOURCE, kind: "source-unhealthy", key: "source:1" },
    error: "prometheus.internal cannot be reached: ECONNREFUSED",
  },
  "source-recovered": { ...OF_SOURCE, kind: "source-recovered", key: "source:2", error: null },
  "review-published": {
    ...{ kind: "review-published", key: "review:1", at: AT, team: "payments" },
    ...{ month: "2026-06", publishedBy: "Ada Byron" },
  },
};
