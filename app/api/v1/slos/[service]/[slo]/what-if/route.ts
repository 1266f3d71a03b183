import { addressOf, found, type SloParams, text } from "#app/_data/slo/address.ts";
import { readWhatIf } from "#app/_data/whatif/read.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";
import { answerOf } from "#app/api/v1/slos/[service]/[slo]/what-if/answer.ts";
import type { WhatIf } from "#components/whatif/view.ts";
import { CHANGE_FIELDS } from "#lib/whatif/change.ts";

const shape = { objective: text, window: text, thresholds: text };

/** The SLO's history under another objective, window or policy, beside its present definition. */
export const GET = guarded<SloParams>(
  "GET /api/v1/slos/[service]/[slo]/what-if",
  async ({ request, params }) => {
    const { objective = null, window = null, thresholds = null } = parameters(request, shape);
    const address = addressOf(params);
    const fields = { objective, window, thresholds };
    const about = found(await readWhatIf({ ...address, fields, now: Date.now() }), address);
    refuseMistakes(about);
    const { compared } = about;
    if (compared?.asked) return answerOf(about, { ...compared, asked: compared.asked });
    throw new RequestError(409, "no-history", about.why ?? "There is no history to compare.");
  },
);

function refuseMistakes({ mistakes }: WhatIf): void {
  const details = CHANGE_FIELDS.flatMap((field) => {
    const message = mistakes[field];
    return message === undefined ? [] : [{ field, message }];
  });
  if (details.length === 0) return;
  const message = "The query has parameters that cannot be used.";
  throw new RequestError(400, "bad-parameter", message, details);
}
