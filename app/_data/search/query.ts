import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { getJson } from "#app/_data/get-json.ts";
import type { SearchView } from "#components/palette/view.ts";

/** What the palette shows for a text; the last answer stays until the next is there. */
export function searchQuery(text: string) {
  return queryOptions({
    queryKey: ["search", text],
    queryFn: ({ signal }) =>
      getJson<SearchView>(`/api/views/search?${new URLSearchParams({ text })}`, signal),
    placeholderData: keepPreviousData,
  });
}
