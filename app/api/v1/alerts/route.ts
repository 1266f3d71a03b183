import type { z } from "zod";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { alertAnswer, type alertPage } from "#app/api/v1/alerts/schema.ts";
import { cursorOf, listQuery } from "#app/api/v1/list.ts";
import { store } from "#db/client.ts";
import { readAlertPage } from "#db/reads/outsideAlerts.ts";

const query = { ...listQuery, slo: listQuery.service };

/** Alerts that others sent, newest first. */
export const GET = guarded("GET /api/v1/alerts", async ({ request }) => {
  const { cursor: after, ...asked } = parameters(request, query);
  const { db } = await store();
  const { rows, next } = await readAlertPage(db, { ...asked, after });
  return { alerts: rows.map(alertAnswer), next: cursorOf(next) } satisfies z.infer<
    typeof alertPage
  >;
});
