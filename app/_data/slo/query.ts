import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { getJson } from "#app/_data/get-json.ts";
import type { ExceptionLine } from "#components/policy/view.ts";
import type { AlertLanding, LandingGate, LeftOut } from "#components/slo/alert/view.ts";
import type { ApartLine } from "#components/slo/apart/view.ts";
import type { SloCosts } from "#components/slo/costs/view.ts";
import type { SloHead } from "#components/slo/detail/view.ts";
import type { InstancesView } from "#components/slo/instances/view.ts";
import type { ChartRange, RangeAsk } from "#lib/charts/range.ts";
import type { ChartView } from "#lib/charts/view.ts";
import type { Explanation, NumberId } from "#lib/explain/explanation.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** One SLO's page: JSON-safe, times in epoch ms. */
export interface SloPage {
  readonly kind: "slo";
  readonly head: SloHead;
  /** For who followed the link of an alert. */
  readonly landing: AlertLanding | null;
  /** For them, too: whether a fix may be shipped. */
  readonly gate: LandingGate | null;
  /** Null while nothing is stored. */
  readonly chart: ChartView | null;
  /** Exceptions from its policy that were in force. */
  readonly exceptions: readonly ExceptionLine[];
  /** What spent its budget; null while that is not known. */
  readonly costs: SloCosts | null;
  /** Of an SLO that is grouped by labels, as they are now; null of any other. */
  readonly instances: InstancesView | null;
  /** Windows that lie over what fired in the last day and are left out. */
  readonly leftOut: LeftOut | null;
  /** Of its service: leaving time out now would leave them out, too. */
  readonly openIncidents: readonly { readonly title: string; readonly startedAt: number }[];
  /** Maintenance and experiments, newest first. */
  readonly apart: readonly ApartLine[];
  /** Also what is left out counts here. */
  readonly everything: boolean;
  readonly range: ChartRange;
  /** Why the range that was asked for is not shown. */
  readonly problem: string | null;
}

/** Which SLO, as of when, over which range: as the URL has it. */
export interface SloPageKey {
  readonly service: string;
  readonly name: string;
  readonly at: string | null;
  /** The alert's tier, beside the moment at which it started. */
  readonly tier: string | null;
  /** `off`: nothing is left out. */
  readonly exclusions: string | null;
  readonly range: RangeAsk;
}

/**
 * The page of an SLO, asked again each half minute. An earlier moment stays what it was, but for who
 * came by the link of an alert: what is shown of now must not stand still.
 */
export function sloPageQuery(key: SloPageKey) {
  return queryOptions({
    queryKey: ["slo", key],
    queryFn: ({ signal }) => getJson<SloPage>(`${viewOf(key)}?${searchOf(key)}`, signal),
    refetchInterval: ({ state: { data } }) =>
      key.at === null || data?.landing ? MINUTE / 2 : false,
    placeholderData: keepPreviousData,
  });
}

/** How one of its numbers came about. */
export function explanationQuery(key: Omit<SloPageKey, "range" | "tier">, number: NumberId | null) {
  const search = new URLSearchParams({ number: number ?? "", ...said(key) });
  return queryOptions({
    queryKey: ["explanation", key, number],
    queryFn: ({ signal }) => getJson<Explanation>(`${viewOf(key)}/explain?${search}`, signal),
    enabled: number !== null,
  });
}

function viewOf({ service, name }: Pick<SloPageKey, "service" | "name">): string {
  return `/api/views/slos/${encodeURIComponent(service)}/${encodeURIComponent(name)}`;
}

function searchOf({ range, ...key }: SloPageKey): URLSearchParams {
  return new URLSearchParams({ ...said(key), ...given({ tier: key.tier, ...range }) });
}

function said({ at, exclusions }: Pick<SloPageKey, "at" | "exclusions">): Record<string, string> {
  return given({ at, exclusions });
}

function given(values: Readonly<Record<string, string | null>>): Record<string, string> {
  const known = Object.entries(values).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return Object.fromEntries(known);
}
