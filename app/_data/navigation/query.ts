import { queryOptions } from "@tanstack/react-query";
import { fetchView } from "#app/_data/fetch-view.ts";
import type { NavigationView } from "#components/layout/navigation-view.ts";

/** What stands around every page, asked again while it is looked at. */
export function navigationQuery() {
  return queryOptions({
    queryKey: ["navigation"],
    queryFn: ({ signal }) => fetchView<NavigationView>("navigation", {}, signal),
    refetchInterval: 30_000,
  });
}
