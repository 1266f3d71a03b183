import { linkOf } from "#lib/notices/links.ts";
import type { Notice, NoticeKind } from "#lib/notices/notice.ts";

/** What a webhook is sent: a contract (docs/notifications.md). Times are ISO 8601 UTC. */
export interface WebhookPayload {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const TYPES: Readonly<Record<NoticeKind, string>> = {
  "policy-changed": "policy.changed",
  "alert-opened": "alert.opened",
  "alert-resolved": "alert.resolved",
  "exception-asked": "exception.asked",
  "exception-decided": "exception.decided",
  "exception-expiring": "exception.expiring",
  owed: "owed",
  "source-unhealthy": "source.unhealthy",
  "source-recovered": "source.recovered",
  "review-published": "review.published",
};

/** Fields that are moments: told as text, since a bare number does not say of what. */
const MOMENTS = new Set(["exhaustsAt", "liftsAt", "startedAt", "expiresAt"]);

/**
 * A notice for programs. Ratios are shares of the budget, moments ISO 8601; `link` is where people look.
 * @example webhookPayload(notice, "https://plimsoll.example").type // "policy.changed"
 */
export function webhookPayload(notice: Notice, linkPrefix: string): WebhookPayload {
  const { key: _key, kind, at, forTeamOnly: _only, ...fields } = notice;
  const data = Object.entries(fields).map(([name, value]) => [name, spelt(name, value)]);
  return {
    type: TYPES[kind],
    timestamp: new Date(at).toISOString(),
    data: { ...Object.fromEntries(data), link: linkOf(notice, linkPrefix) },
  };
}

function spelt(name: string, value: unknown): unknown {
  return MOMENTS.has(name) && typeof value === "number" ? new Date(value).toISOString() : value;
}
