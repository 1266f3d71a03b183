import type { NoticeKind } from "#lib/notices/notice.ts";

/** Every kind of notice, as people choose among them. */
export const KIND_WORDS: Readonly<Record<NoticeKind, string>> = {
  "policy-changed": "Policy state changed",
  "alert-opened": "Burn alert opened",
  "alert-resolved": "Burn alert over",
  "exception-asked": "Exception asked for",
  "exception-decided": "Exception decided",
  "exception-expiring": "Exception ends in a week",
  owed: "Postmortem or planning owed",
  "source-unhealthy": "Source fails",
  "source-recovered": "Source answers again",
  "review-published": "Monthly review published",
};

/** Their names, in the order in which they are shown. */
export const NOTICE_KINDS: readonly NoticeKind[] = Object.keys(KIND_WORDS).filter(isNoticeKind);

/**
 * Whether a text names a kind of notice.
 * @example isNoticeKind("policy-changed") // true
 */
export function isNoticeKind(text: string): text is NoticeKind {
  return Object.hasOwn(KIND_WORDS, text);
}
