import type { Notice } from "#lib/notices/notice.ts";

/**
 * Where a notice leads, as an absolute link. Burn alerts go through `/alert`, which lands on the range
 * that they are about however old they are.
 * @example linkOf(reviewPublished, "https://plimsoll.example") // "https://plimsoll.example/dora/reviews/2026-06"
 */
export function linkOf(notice: Notice, linkPrefix: string): string {
  return linkPrefix.replace(/\/+$/, "") + pathOf(notice);
}

function pathOf(notice: Notice): string {
  switch (notice.kind) {
    case "alert-opened":
      // What was told by an earlier version began when it was told.
      return alertPath(notice, notice.startedAt ?? notice.at);
    case "alert-resolved":
      return alertPath(notice, notice.startedAt);
    case "policy-changed":
      return `/services/${encode(notice.service)}/slos/${encode(notice.slo)}`;
    case "exception-asked":
    case "exception-decided":
    case "exception-expiring":
      return `/policy/exceptions/${notice.exception}`;
    case "owed":
      return notice.team === null ? "/policy" : `/teams/${encode(notice.team)}`;
    case "source-unhealthy":
    case "source-recovered":
      return "/sources";
    case "review-published": {
      const team = notice.team === null ? "" : `?team=${encode(notice.team)}`;
      return `/dora/reviews/${notice.month}${team}`;
    }
  }
}

function alertPath(
  { service, slo }: { readonly service: string; readonly slo: string },
  startsAt: number,
): string {
  const query = new URLSearchParams({
    slo: `${service}/${slo}`,
    startsAt: new Date(startsAt).toISOString(),
  });
  return `/alert?${query}`;
}

const encode = encodeURIComponent;
