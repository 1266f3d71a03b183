import type { Db } from "#db/client.ts";
import { readSlo, readVersions, type SloRecord, type SloVersion } from "#db/reads/catalog.ts";
import {
  type BurnAlertRow,
  type PolicyTransitionRow,
  type RecordedSloState,
  readBurnAlerts,
  readRecordedSince,
  readStateAt,
  readTransitions,
} from "#db/reads/history.ts";
import { readSli, type SliOverview } from "#db/reads/sli.ts";
import { elapsedMs } from "#lib/slo/period.ts";
import { floorMinute, MINUTE } from "#lib/time/duration.ts";

/** What is asked for: an SLO, now or as it was at a time (epoch ms). */
export interface SloAsk {
  readonly service: string;
  readonly name: string;
  readonly at: number | null;
  readonly now: number;
  /** Also what is left out of its budget counts. */
  readonly everything?: boolean;
}

/** Everything the database says of one SLO but its totals. */
export interface SloFacts {
  readonly kind: "slo";
  readonly record: SloRecord;
  /** The definition in force at `end`. */
  readonly version: SloVersion;
  /** Oldest first. */
  readonly versions: readonly SloVersion[];
  readonly sli: SliOverview | null;
  /** Newest first, none after `end`. */
  readonly transitions: readonly PolicyTransitionRow[];
  /** Oldest first, none after `end`. */
  readonly alerts: readonly BurnAlertRow[];
  /** Since when states and policy states are recorded, epoch ms; null before the first evaluation. */
  readonly recordedSince: number | null;
  /** Only asked for with `at`. */
  readonly recorded: RecordedSloState | null;
  /** Exclusive end of every window, epoch ms. */
  readonly end: number;
}

export interface Moved {
  readonly kind: "moved";
  readonly service: string;
  readonly name: string;
}

/** The facts of one SLO; where it is now when it was renamed; null when there never was one. */
export async function readFacts(db: Db, ask: SloAsk): Promise<SloFacts | Moved | null> {
  const record = await readSlo(db, ask.service, ask.name);
  if (record?.kind !== "slo") return record;
  const end = ask.at ?? endOf(record, ask.now);
  const versions = await readVersions(db, record.id);
  const version = inForce(versions, end);
  if (!version) return null;
  const past = { from: 0, to: end + 1 };
  return {
    kind: "slo",
    record,
    version,
    versions,
    end,
    sli: await readSli(db, version.sliId),
    transitions: await readTransitions(db, record.id, past),
    alerts: await readBurnAlerts(db, record.id, {
      from: end - elapsedMs(version.definition.window, end),
      to: end + 1,
    }),
    recordedSince: await readRecordedSince(db, record.id),
    recorded: ask.at === null ? null : await readStateAt(db, record.id, ask.at),
  };
}

/** Charts end where the numbers beside them end; before the first evaluation, where it will. */
export function endOf(record: SloRecord, now: number): number {
  return record.status ? Date.parse(record.status.asOf) : floorMinute(now - MINUTE);
}

/** The newest definition that was in force at a time; before the first, the first. */
function inForce(versions: readonly SloVersion[], at: number): SloVersion | null {
  return versions.findLast((version) => version.validFrom <= at) ?? versions[0] ?? null;
}
