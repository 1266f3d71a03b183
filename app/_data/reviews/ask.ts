import { DEFAULT_ZONE } from "#app/_data/dora/ask.ts";
import { isZone } from "#lib/time/zone.ts";

/** Which review a page is asked for, as its address says it. */
export interface ReviewAsk {
  readonly month: string;
  /** Empty = all. */
  readonly team: string;
  /** Null = the one in which it was written, else UTC. */
  readonly zone: string | null;
  /** What is wrong with the zone that was written, if anything. */
  readonly mistake: string | null;
}

export function askedReview(month: string, address: URLSearchParams): ReviewAsk {
  const zone = (address.get("zone") ?? "").trim();
  const isFit = zone === "" || isZone(zone);
  return {
    month,
    team: (address.get("team") ?? "").trim().slice(0, 200),
    zone: zone !== "" && isFit ? zone : null,
    mistake: isFit ? null : "No such time zone; write one as Europe/Berlin.",
  };
}

export function zoneOf(asked: string | null, written: string | undefined): string {
  return asked ?? written ?? DEFAULT_ZONE;
}
