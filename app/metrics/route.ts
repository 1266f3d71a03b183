import { exposition } from "#jobs/telemetry.ts";

export const dynamic = "force-dynamic";

/** What Prometheus scrapes: our own health, and each SLO's budget and burn. */
export async function GET(): Promise<Response> {
  return new Response(await exposition(), {
    headers: {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
      "cache-control": "no-store",
    },
  });
}
