import { RefusedQuery } from "#collectors/prometheus/failure.ts";
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
 * Looks for the label sets of every grouped SLO that was not asked for lately, source by source at
 * once. A source that does not answer leaves them as they were, and that is noted.
 */
export async function findInstances({ db, askers, now }: InstancesRun): Promise<void> {
  const due = (await readGroupedSlos(db)).filter(
    ({ askedAt }) => askedAt === null || askedAt > now || now - askedAt >= ASK_EVERY_MS,
  );
  const bySource = Map.groupBy(due, ({ source }) => source);
  await Promise.all(
    [...bySource].map(async ([source, slos]) => {
      const ask = askers.get(source);
      if (ask) await findOf(slos, { db, ask, now });
    }),
  );
}

interface SourceRun {
  readonly db: Db;
  readonly ask: AskLabels;
  readonly now: number;
}

/** Once a source gives no answer the others are not waited for: they come first in the next run. */
async function findOf(slos: readonly GroupedSlo[], { db, ask, now }: SourceRun): Promise<void> {
  const longestAgo = slos.toSorted((a, b) => (a.askedAt ?? 0) - (b.askedAt ?? 0));
  for (const slo of longestAgo) {
    const { chosen, isSilent } = await chosenOf(slo, ask, now);
    await save(db, slo, chosen, now);
    if (isSilent) return;
  }
}

interface Answered {
  readonly chosen: ChosenSets;
  /** It was the source that did not answer, whatever it is asked. */
  readonly isSilent: boolean;
}

async function chosenOf(slo: GroupedSlo, ask: AskLabels, now: number): Promise<Answered> {
  const { definition, known } = slo;
  const grouping = definition.grouping ?? [];
  const queries = setQueries(definition.sli, grouping);
  if (queries === null)
    return answered({ problem: "a query names no series to look for label sets in" });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const at = floorMinute(now);
  try {
    const all = await ask(queries.all, at, signal);
    const some = queries.some === null ? null : await ask(queries.some, at, signal);
    return answered(chooseSets({ grouping, all, some, known }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log().warn({ slo: `${slo.service}/${slo.name}`, reason: why }, "label sets are not known");
    const chosen = { problem: `the source gave no answer: ${why}` };
    return { chosen, isSilent: !(error instanceof RefusedQuery) };
  }
}

function answered(chosen: ChosenSets): Answered {
  return { chosen, isSilent: false };
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
