const HOUR_MS = 3_600_000;

/** One hour's points of one token, as GitHub keeps them. */
export interface Quota {
  readonly limit: number;
  used: number;
  /** Epoch ms; the points are back then. */
  resetAt: number;
}

export function newQuota(now: number, limit = 5_000): Quota {
  return { limit, used: 0, resetAt: now + HOUR_MS };
}

/** Takes the points of one query; false when there are not enough left. */
export function spend(quota: Quota, points: number, now: number): boolean {
  if (now >= quota.resetAt) {
    quota.used = 0;
    quota.resetAt = now + HOUR_MS;
  }
  if (quota.used + points > quota.limit) return false;
  quota.used += points;
  return true;
}

export function quotaHeaders(quota: Quota, resource: string): Record<string, string> {
  return {
    "x-ratelimit-limit": String(quota.limit),
    "x-ratelimit-remaining": String(quota.limit - quota.used),
    "x-ratelimit-used": String(quota.used),
    "x-ratelimit-reset": String(Math.ceil(quota.resetAt / 1000)),
    "x-ratelimit-resource": resource,
  };
}
