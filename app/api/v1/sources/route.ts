import type { z } from "zod";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import type { sourceList } from "#app/api/v1/schemas.ts";
import { store } from "#db/client.ts";
import { readSources, type SourceOverview } from "#db/reads/sources.ts";

type SourceAnswer = z.infer<typeof sourceList>["sources"][number];

/** Each source: can its numbers be trusted now? */
export const GET = guarded("GET /api/v1/sources", async ({ request }) => {
  parameters(request, {});
  const { db } = await store();
  return { sources: (await readSources(db)).map(answerOf) } satisfies z.infer<typeof sourceList>;
});

function answerOf(source: SourceOverview): SourceAnswer {
  return {
    name: source.name,
    kind: source.kind,
    state: source.state,
    lastSuccessAt: iso(source.lastSuccessAt),
    watermark: iso(source.watermark),
    backfill: { done: source.backfillDone, of: source.backfillOf },
    error: source.error,
  };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
