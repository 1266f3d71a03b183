import { endOf, type Moved } from "#app/_data/slo/facts.ts";
import { compare } from "#app/_data/whatif/compare.ts";
import type { WhatIf } from "#components/whatif/view.ts";
import { type Db, store } from "#db/client.ts";
import { readSli, type SliOverview } from "#db/reads/sli.ts";
import { readSlo, type SloRecord } from "#db/reads/slo.ts";
import { unitOf } from "#lib/slo/budget.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { CHANGE_FIELDS, type ChangeFields, readChange } from "#lib/whatif/change.ts";

export interface WhatIfAsk {
  readonly service: string;
  readonly name: string;
  readonly fields: ChangeFields;
  readonly now: number;
}

/** What an SLO's history would have been under another objective, window or policy, beside what it is. */
export async function readWhatIf(ask: WhatIfAsk): Promise<WhatIf | Moved | null> {
  const { db } = await store();
  return readWhatIfFrom(db, ask);
}

/** The same from a store that is open already. */
export function readWhatIfFrom(db: Db, ask: WhatIfAsk): Promise<WhatIf | Moved | null> {
  return db.transaction((tx) => readIn(tx, ask), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function readIn(db: Db, ask: WhatIfAsk): Promise<WhatIf | Moved | null> {
  const record = await readSlo(db, ask.service, ask.name);
  if (record?.kind !== "slo") return record;
  const { definition, mistakes } = readChange(record.definition, ask.fields);
  const presentFields = written(record.definition);
  const about = {
    ...{ kind: "slo" as const, service: record.service, name: record.name },
    ...{ unit: unitOf(record.definition), fields: ask.fields, mistakes, presentFields },
    changed: definition !== null && isChanged(presentFields, written(definition)),
  };
  const to = endOf(record, ask.now);
  const sli = await readSli(db, record.sliId);
  const why = whyNothing(record, sli, to);
  const firstCoveredAt = sli?.firstCoveredAt ?? null;
  if (why !== null || !sli || firstCoveredAt === null) return { ...about, compared: null, why };
  const known = { record, sli, firstCoveredAt, asked: definition, to, now: ask.now };
  return { ...about, compared: await compare(db, { ...known, changed: about.changed }), why: null };
}

/** A definition as its fields would say it. */
function written({ objective, window, policy }: SloDefinition): WhatIf["presentFields"] {
  return {
    objective: String(objective),
    window: window.label,
    thresholds: policy.map(({ threshold }) => threshold).join(", "),
  };
}

function isChanged(present: WhatIf["presentFields"], asked: WhatIf["presentFields"]): boolean {
  return CHANGE_FIELDS.some((field) => present[field] !== asked[field]);
}

/** Why there is no history to try anything on, one sentence; null = there is. */
function whyNothing({ status }: SloRecord, sli: SliOverview | null, to: number): string | null {
  if (!sli || sli.backfilledAt === null) {
    return "Its history is still being read. Changes can be tried once the first backfill has ended.";
  }
  if (sli.firstCoveredAt === null || sli.firstCoveredAt >= to) {
    return "Its source has had no answer for it yet, so there is no history to try a change on.";
  }
  if (!status) return "It has not been evaluated yet. Numbers come with the next minute.";
  return null;
}
