import { queryOptions } from "@tanstack/react-query";
import { getJson } from "#app/_data/get-json.ts";
import type { ServiceView } from "#components/slo/timeline/view.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** A service's page, asked again each half minute. */
export function serviceQuery(service: string) {
  return queryOptions({
    queryKey: ["service", service],
    queryFn: ({ signal }) =>
      getJson<ServiceView>(`/api/views/services/${encodeURIComponent(service)}`, signal),
    refetchInterval: MINUTE / 2,
  });
}
