import { guarded } from "#app/api/guard.ts";
import { store } from "#db/client.ts";
import { noticeMetrics } from "#jobs/notices/metrics.ts";
import { sloMetrics } from "#jobs/sloMetrics.ts";
import { exposition } from "#jobs/telemetry.ts";

export const dynamic = "force-dynamic";

/** What Prometheus scrapes: our own health, and each SLO's budget and burn. */
export const GET = guarded("GET /metrics", async () => {
  const { db } = await store();
  const now = Date.now();
  const text = [await exposition(), await noticeMetrics(db), await sloMetrics(db, now)].join("");
  return new Response(text, {
    headers: {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
      "cache-control": "no-store",
    },
  });
});
