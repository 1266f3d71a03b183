import { z } from "zod";
import { auditCsv } from "#app/_data/settings/audit/csv.ts";
import { askedFilter, FIELDS } from "#app/_data/settings/audit/filter.ts";
import { MOST_ROWS } from "#app/_data/settings/audit/read.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";
import { store } from "#db/client.ts";

const shape = Object.fromEntries(FIELDS.map((name) => [name, z.string().optional()]));

/** The audit log of a filter as CSV. */
export const GET = guarded("GET /api/settings/audit.csv", async ({ request, by }) => {
  parameters(request, shape);
  const { filter, mistakes } = askedFilter(new URL(request.url).searchParams);
  const details = Object.entries(mistakes).map(([field, message]) => ({ field, message }));
  if (details.length > 0) {
    throw new RequestError(400, "bad-parameter", "The filter cannot be used.", details);
  }
  const { stream, cut } = await auditCsv((await store()).db, filter, MOST_ROWS);
  const day = new Date(by.at).toISOString().slice(0, 10);
  const name = `plimsoll-audit-${day}${cut ? `-newest-${MOST_ROWS}` : ""}.csv`;
  return new Response(stream, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
});
