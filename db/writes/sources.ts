import { and, ne, notInArray, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { texts } from "#db/params.ts";
import { type SourceKind, sources } from "#db/schema/index.ts";

interface Report {
  readonly source: string;
  readonly kind?: SourceKind;
  /** Epoch ms. */
  readonly now: number;
}

/** What a server said of itself. */
export interface SourceProbe {
  readonly flavour: string;
  readonly counting: "exact" | "increase";
  readonly scrapeIntervalMs: number | null;
  readonly warnings: readonly string[];
}

/** The sources of the configuration; others are kept as removed, with what they last said. */
export async function registerSources(
  db: Db,
  configured: readonly { name: string; kind: SourceKind; address: string | null }[],
  now: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    for (const { name, kind, address } of configured) {
      await tx
        .insert(sources)
        .values({ name, kind, address, state: "starting" })
        .onConflictDoUpdate({ target: sources.name, set: { kind, address, removedAt: null } });
    }
    const names = configured.map(({ name }) => name);
    const others = names.length > 0 ? notInArray(sources.name, names) : undefined;
    await tx
      .update(sources)
      .set({ removedAt: sql`coalesce(${sources.removedAt}, ${now}::bigint)` })
      .where(and(ne(sources.kind, "synthetic"), others));
  });
}

/** The source answered; `no-data`: it had nothing of what was asked. */
export async function sourceSucceeded(
  db: Db,
  report: Report & { readonly probe?: SourceProbe; readonly outcome?: "ok" | "no-data" },
): Promise<void> {
  const { source: name, kind = "prometheus", now, probe, outcome = "ok" } = report;
  const answer = {
    state: outcome,
    lastAttemptAt: now,
    lastSuccessAt: now,
    error: null,
    errorSince: null,
    ...probe,
  };
  await db
    .insert(sources)
    .values({ name, kind, ...answer })
    .onConflictDoUpdate({ target: sources.name, set: answer });
}

/** The source did not answer, and why, in words for the sources page. */
export async function sourceFailed(
  db: Db,
  report: Report & { readonly message: string },
): Promise<void> {
  const { source: name, kind = "prometheus", now, message } = report;
  const answer = { state: "failed" as const, lastAttemptAt: now, error: message };
  await db
    .insert(sources)
    .values({ name, kind, ...answer, errorSince: now })
    .onConflictDoUpdate({
      target: sources.name,
      set: { ...answer, errorSince: sql`coalesce(${sources.errorSince}, ${now}::bigint)` },
    });
}

/**
 * How far back each SLI of a source is to be fetched at first, for those that do not know it yet.
 * Their first backfill ends when it gets there, and never again changes its goal.
 */
export async function beginBackfill(
  db: Db,
  { source, from }: { readonly source: string; readonly from: number },
): Promise<void> {
  await db.execute(sql`
    update sli_progress p set backfill_from = ${from}::bigint
    from slis s where s.id = p.sli_id and s.source = ${source} and p.backfill_from is null`);
}

/** SLIs whose query the server refused while it answered others: said at the SLI, until a fact comes. */
export async function saveFailures(
  db: Db,
  { failures }: { readonly failures: readonly { sliKey: string; message: string }[] },
  now: number,
): Promise<void> {
  if (failures.length === 0) return;
  await db.execute(sql`
    update sli_progress p set error = f.message, error_since = coalesce(p.error_since, ${now}::bigint)
    from unnest(
      ${texts(failures.map((f) => f.sliKey))}, ${texts(failures.map((f) => f.message))}
    ) f (key, message), slis s
    where s.key = f.key and p.sli_id = s.id`);
}
