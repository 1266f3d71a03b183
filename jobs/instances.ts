import type { AskLabels } from "#collectors/prometheus/labelSets.ts";
import { log } from "#config/log.ts";
import type { Db } from "#db/connection.ts";
import { type GroupedSlo, readGroupedSlos } from "#db/reads/instances.ts";
import { saveGroupingProblem, saveLabelSets } from "#db/writes/instances.ts";
import { type ChosenSets, chooseSets, setQueries } from "#lib/instances/discover.ts";
import { floorMinute, MINUTE } from "#lib/time/duration.ts";

const ASK_EVERY_MS = MINUTE;
const PATIENCE_MS = 30_000;

export interface InstancesRun {
  readonly db: Db;
  /** By the name of the source; an SLO of another source is left as it is. */
  readonly askers: ReadonlyMap<string, AskLabels>;
  readonly now: number;
}

/**
 * Looks for the label sets of every grouped SLO that was not asked for lately. A source that does not
 * answer leaves them as they were, and that is noted; one never stops another.
 */
export async function findInstances({ db, askers, now }: InstancesRun): Promise<void> {
  for (const slo of await readGroupedSlos(db)) {
    const ask = askers.get(slo.source);
    if (!ask || (slo.askedAt !== null && now - slo.askedAt < ASK_EVERY_MS)) continue;
    await save(db, slo, await chosenOf(slo, ask, now), now);
  }
}

async function chosenOf(slo: GroupedSlo, ask: AskLabels, now: number): Promise<ChosenSets> {
  const { definition, known } = slo;
  const grouping = definition.grouping ?? [];
  const queries = setQueries(definition.sli, grouping);
  if (queries === null) return { problem: "a query names no series to look for label sets in" };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const at = floorMinute(now);
  try {
    const all = await ask(queries.all, at, signal);
    const some = queries.some === null ? null : await ask(queries.some, at, signal);
    return chooseSets({ grouping, all, some, known });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log().warn({ slo: `${slo.service}/${slo.name}`, reason: why }, "label sets are not known");
    return { problem: `the source gave no answer: ${why}` };
  }
}

async function save(db: Db, slo: GroupedSlo, chosen: ChosenSets, now: number): Promise<void> {
  const sloId = slo.id;
  if ("problem" in chosen) {
    await saveGroupingProblem(db, { sloId, problem: chosen.problem, now });
    return;
  }
  // What is not seen any more still spends the budget of its window.
  const forgetBefore = now - slo.definition.window.ms;
  await saveLabelSets(db, { sloId, ...chosen, now, forgetBefore });
}
