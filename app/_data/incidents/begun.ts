import type { Severity } from "#lib/dora/facts.ts";

/** What a link has filled into the form to open an incident. */
export interface IncidentBegun {
  readonly service: string;
  readonly severity: Severity;
  /** Epoch ms; null: now. */
  readonly since: number | null;
  readonly title: string;
}

const SEVERITIES: readonly Severity[] = ["SEV1", "SEV2", "SEV3"];
const LONGEST_TITLE = 300;

/**
 * As the address says it; null where it says nothing, or names a service whose incidents the reader may
 * not open: the form must not stand there with another one.
 */
export function begunFrom(
  address: URLSearchParams,
  services: readonly string[],
): IncidentBegun | null {
  const service = services.find((each) => each === address.get("open"));
  if (service === undefined) return null;
  const since = Date.parse(address.get("since") ?? "");
  return {
    service,
    severity: SEVERITIES.find((each) => each === address.get("as")) ?? "SEV2",
    since: Number.isNaN(since) ? null : since,
    title: (address.get("title") ?? "").slice(0, LONGEST_TITLE),
  };
}
