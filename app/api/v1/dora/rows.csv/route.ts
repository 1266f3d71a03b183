import { z } from "zod";
import { METRIC_NAMES } from "#app/_data/dora/ask.ts";
import { metricCsv } from "#app/_data/dora/rows.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { answerDora, askedShape } from "#app/api/v1/dora/asked.ts";
import { store } from "#db/client.ts";

const shape = {
  ...askedShape,
  metric: z.enum(METRIC_NAMES, { error: `must be one of ${METRIC_NAMES.join(", ")}` }),
  what: z.enum(["rows", "excluded"], { error: "must be rows or excluded" }).default("rows"),
};

/**
 * The rows behind a number, from which it can be recomputed; or what it leaves out, and why. Where a part
 * of the range is missing, the name of the file and a header say so.
 */
export const GET = guarded("GET /api/v1/dora/rows.csv", async ({ request, by }) => {
  const { metric, what, ...asked } = parameters(request, shape);
  const { db } = await store();
  const answered = await answerDora(db, asked, by.at);
  const { from, to } = answered.report.window;
  const { flags, known } = answered.report.metrics[metric];
  const part = flags.includes("partly-synced") ? "-not-all-known" : "";
  const name = `plimsoll-${metric}-${what}-${day(from)}-to-${day(to - 1)}${part}.csv`;
  return new Response(metricCsv({ metric, what, ...answered }), {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
      ...(known ? { "plimsoll-known": `${iso(known.from)}/${iso(known.to)}` } : {}),
    },
  });
});

function day(at: number): string {
  return iso(at).slice(0, 10);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
