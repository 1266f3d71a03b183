import type { Db } from "#db/connection.ts";
import { readFailing, readRecovered } from "#db/reads/sourceHealth.ts";
import { writeNotices } from "#db/writes/notices.ts";
import type { Notice } from "#lib/notices/notice.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** A source that fails for a shorter time is nobody's trouble: collection makes good for it. */
export const FAILING_MS = 5 * MINUTE;

/**
 * Tells of sources that have failed for five minutes, and of those that answer again. Found by looking,
 * in however many processes: the key, made of when the failure began, has each told once.
 */
export async function tellOfSources(db: Db, now: number): Promise<void> {
  await db.transaction(async (tx) => {
    const failing = await readFailing(tx, now - FAILING_MS);
    const recovered = await readRecovered(tx);
    await writeNotices(tx, [
      ...failing.map(
        ({ name, error, errorSince }): Notice => ({
          ...{ kind: "source-unhealthy", key: `source-unhealthy:${name}:${errorSince}` },
          ...{ at: now, team: null, source: name, error },
        }),
      ),
      ...recovered.map(
        ({ name, failedSince }): Notice => ({
          ...{ kind: "source-recovered", key: `source-recovered:${name}:${failedSince}` },
          ...{ at: now, team: null, source: name, error: null },
        }),
      ),
    ]);
  });
}
