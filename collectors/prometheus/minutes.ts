import type { Asking, Found } from "#collectors/prometheus/asking.ts";
import { askAll } from "#collectors/prometheus/batch.ts";
import { foldMinutes, minuteBuckets, worstQuery } from "#collectors/prometheus/map.ts";
import type { SliRequest } from "#collectors/prometheus/work.ts";
import { fillTemplate } from "#lib/promql/tree.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

export type MinutesDefinition = Exclude<SliDefinition, { kind: "events" }>;

/**
 * Asks threshold and ratio SLIs for their value at each minute. Coarse steps are asked by the minute
 * as well and added up here: the server reads the same samples, once instead of once per count.
 */
export async function collectMinutes(
  { client, span, signal }: Asking,
  requests: readonly (SliRequest & { sli: MinutesDefinition })[],
): Promise<Found[]> {
  const queryOf = (sli: MinutesDefinition) => fillTemplate(worstQuery(sli), "5m");
  const range = { from: span.from + MINUTE, to: span.to, stepMs: MINUTE };
  const answers = await askAll(
    client,
    requests.map((r) => queryOf(r.sli)),
    range,
    signal,
  );
  return requests.map(({ key, sli }) => {
    const answer = answers.get(queryOf(sli));
    if (!answer || "refused" in answer)
      return { sliKey: key, message: answer?.refused ?? "the server gave no answer" };
    const buckets = foldMinutes(minuteBuckets(sli, answer.series), span.stepMs);
    return { key, buckets, suspects: [] };
  });
}
