import type { Notice } from "#lib/notices/notice.ts";

/**
 * Whether it gets through in quiet hours: a page that begins, and a policy state that blocks. Ends of
 * both wait.
 * @example isUrgent({ ...changed, kind: "policy-changed", blocks: true }) // true
 */
export function isUrgent(notice: Notice): boolean {
  if (notice.kind === "alert-opened") return notice.severity === "page";
  return notice.kind === "policy-changed" && notice.blocks;
}
