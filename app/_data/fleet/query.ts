import { infiniteQueryOptions } from "@tanstack/react-query";
import { fetchView } from "#app/_data/fetch-view.ts";
import type { FleetRow } from "#lib/fleet/row.ts";
import type { SloState } from "#lib/slo/status.ts";

/** One page of the fleet; JSON-safe. */
export interface FleetView {
  readonly rows: readonly FleetRow[];
  /** Of all that the filter matches, whatever its state. */
  readonly totals: Readonly<Record<SloState, number>>;
  /** SLOs there are, whatever the filter. */
  readonly fleet: number;
  readonly next: string | null;
  /** Epoch ms of the newest evaluation; null before the first. */
  readonly evaluatedAt: number | null;
  /** What of the filter cannot be understood. */
  readonly problems: readonly string[];
}

/** New numbers come once a minute; asking more often keeps them fresh to a quarter of that. */
const EVERY_MS = 15_000;

/** The fleet by the text of its filter box, page after page, asked again while it is looked at. */
export function fleetQuery(filter: string) {
  return infiniteQueryOptions({
    queryKey: ["fleet", filter],
    queryFn: ({ pageParam, signal }) =>
      fetchView<FleetView>("fleet", { filter, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: FleetView) => last.next,
    refetchInterval: EVERY_MS,
  });
}
