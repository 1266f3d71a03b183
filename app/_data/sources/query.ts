import { queryOptions } from "@tanstack/react-query";
import { getJson } from "#app/_data/get-json.ts";
import type { SourcesView } from "#components/sources/view.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Sources and documents; asked again often, since a person may be watching a repair. */
export function sourcesQuery() {
  return queryOptions({
    queryKey: ["sources"],
    queryFn: ({ signal }) => getJson<SourcesView>("/api/views/sources", signal),
    refetchInterval: MINUTE / 6,
  });
}
