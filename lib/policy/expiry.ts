import { EXPIRY_NOTICE_MS, type PolicyException } from "#lib/policy/exception.ts";

/**
 * When the end of an exception is told (epoch ms): 7 days before it; of a short one, when half of its
 * time is over.
 * @example expiryNoticeAt({ askedAt: 0, expiresAt: 4 * DAY }) // 2 * DAY
 */
export function expiryNoticeAt({
  askedAt,
  expiresAt,
}: Pick<PolicyException, "askedAt" | "expiresAt">): number {
  return expiresAt - Math.min(EXPIRY_NOTICE_MS, (expiresAt - askedAt) / 2);
}
