import { infiniteQueryOptions } from "@tanstack/react-query";
import { getJson } from "#app/_data/get-json.ts";
import type { FleetView } from "#components/fleet/view.ts";

/** New numbers come once a minute; asking more often keeps them fresh to a quarter of that. */
const EVERY_MS = 15_000;

/** The fleet by the text of its filter box, page after page, asked again while it is looked at. */
export function fleetQuery(filter: string) {
  return infiniteQueryOptions({
    queryKey: ["fleet", filter],
    queryFn: ({ pageParam, signal }) =>
      getJson<FleetView>(`/api/views/fleet?${searchOf(filter, pageParam)}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: FleetView) => last.next,
    refetchInterval: EVERY_MS,
  });
}

function searchOf(filter: string, cursor: string | null): URLSearchParams {
  return new URLSearchParams({ ...(filter && { filter }), ...(cursor && { cursor }) });
}
