import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { getJson } from "#app/_data/get-json.ts";
import type { WhatIf } from "#components/whatif/view.ts";
import { CHANGE_FIELDS, type ChangeFields } from "#lib/whatif/change.ts";

/** Which SLO and what is asked, as the URL has it. */
export interface WhatIfKey {
  readonly service: string;
  readonly name: string;
  readonly fields: ChangeFields;
}

/** The comparison of a change; what was shown stays until the next answer. */
export function whatIfQuery(key: WhatIfKey) {
  return queryOptions({
    queryKey: ["what-if", key],
    queryFn: ({ signal }) => getJson<WhatIf>(pathOf(key), signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

function pathOf({ service, name, fields }: WhatIfKey): string {
  const given = CHANGE_FIELDS.flatMap((field) => {
    const text = fields[field]?.trim() ?? "";
    return text === "" ? [] : [[field, text]];
  });
  const path = `/api/views/slos/${encodeURIComponent(service)}/${encodeURIComponent(name)}/what-if`;
  return `${path}?${new URLSearchParams(given)}`;
}
