import { sql } from "drizzle-orm";
import { log } from "#config/log.ts";
import { store } from "#db/client.ts";

export const dynamic = "force-dynamic";

/** 200 once the database answers with its migrations in place; 503 with a sentence otherwise. */
export async function GET(): Promise<Response> {
  try {
    const { db } = await store();
    await db.execute(sql`select 1 from slo_status limit 1`);
    return Response.json({ status: "ready" }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    log().error({ err: error }, "not ready");
    return Response.json(
      { error: { code: "not-ready", message: "The database does not answer.", details: [] } },
      { status: 503, headers: { "cache-control": "no-store" } },
    );
  }
}
