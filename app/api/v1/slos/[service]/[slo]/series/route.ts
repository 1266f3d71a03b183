import { z } from "zod";
import { addressOf, found, instanceLabels, type SloParams } from "#app/_data/slo/address.ts";
import { readSeries } from "#app/_data/slo/series.ts";
import { guarded } from "#app/api/guard.ts";
import { moment, parameters } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const shape = {
  from: moment.optional(),
  to: moment.optional(),
  instance: instanceLabels,
  points: z.coerce.number().int().min(2).max(2000).default(600),
};

const LONGEST_MS = 400 * DAY;

/** The history of an SLO in at most `points` intervals; without `from` its own window. */
export const GET = guarded<SloParams>(
  "GET /api/v1/slos/[service]/[slo]/series",
  async ({ request, params }) => {
    const { from = null, to = null, points, instance } = parameters(request, shape);
    const now = Date.now();
    requireRange(from, to ?? now);
    const address = addressOf(params, instance);
    const { kind: _, ...series } = found(
      await readSeries({ ...address, at: null, now, from, to, points }),
      address,
    );
    return series;
  },
);

function requireRange(from: number | null, to: number): void {
  if (from === null) return;
  const message =
    to - from < MINUTE
      ? "must be at least a minute before “to”"
      : to - from > LONGEST_MS
        ? "must be at most 400 days before “to”"
        : null;
  if (!message) return;
  const details = [{ field: "from", message }];
  throw new RequestError(
    400,
    "bad-parameter",
    "The query has parameters that cannot be used.",
    details,
  );
}
