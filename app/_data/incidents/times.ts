import type { ErrorDetail } from "#app/api/respond.ts";

const ORDER = [
  ["startedAt", "detectedAt"],
  ["startedAt", "mitigatedAt"],
  ["startedAt", "resolvedAt"],
  ["detectedAt", "resolvedAt"],
  ["mitigatedAt", "resolvedAt"],
] as const;

type TimeField = (typeof ORDER)[number][number];
export type IncidentTimes = Readonly<Record<TimeField, number | null>>;

const CALLED: Readonly<Record<TimeField, string>> = {
  startedAt: "start",
  detectedAt: "detection",
  mitigatedAt: "mitigation",
  resolvedAt: "resolution",
};

/** What contradicts what, once `given` is set; what was so before is not held against anybody. */
export function timeMistakes(times: IncidentTimes, given: ReadonlySet<string>): ErrorDetail[] {
  return ORDER.flatMap(([first, second]): ErrorDetail[] => {
    const [a, b] = [times[first], times[second]];
    if (a === null || b === null || b >= a) return [];
    if (given.has(second)) return [{ field: second, message: `lies before the ${CALLED[first]}` }];
    if (given.has(first)) return [{ field: first, message: `lies after the ${CALLED[second]}` }];
    return [];
  });
}
