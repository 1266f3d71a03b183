import { queryOptions } from "@tanstack/react-query";
import { getJson } from "#app/_data/get-json.ts";
import type { NavigationView } from "#components/layout/navigation-view.ts";

/** What stands around every page, asked again while it is looked at. */
export function navigationQuery() {
  return queryOptions({
    queryKey: ["navigation"],
    queryFn: ({ signal }) => getJson<NavigationView>("/api/views/navigation", signal),
    refetchInterval: 30_000,
  });
}
