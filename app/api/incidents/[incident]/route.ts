import type { z } from "zod";
import { editBody } from "#app/_data/incidents/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import {
  answerOf,
  enterIncident,
  type IncidentParams,
  requireEditor,
  requireOrder,
  requireService,
  seenOf,
} from "#app/api/incidents/door.ts";
import { store } from "#db/client.ts";
import type { IncidentReview } from "#db/schema/index.ts";
import { editIncident, handBack } from "#db/writes/incidentEdits.ts";

/** Changes what is said of an incident; resolving and reopening is setting `resolvedAt`. */
export const PATCH = guarded<IncidentParams>(
  "PATCH /api/incidents/[incident]",
  async ({ request, params, by }) => {
    const { updatedAt, handBack: field, review, ...fields } = await jsonBody(request, editBody);
    const { db } = await store();
    const entered = await enterIncident(db, by.actor, params.incident);
    const seen = seenOf(entered, updatedAt);
    if (field !== undefined) {
      const { service } = entered.row.told;
      // It may go back to another team's service.
      if (field === "service" && typeof service === "string") {
        await requireEditor(db, by.actor, service);
      }
      return answerOf(await handBack(db, by, { seen, field }));
    }
    if (fields.service !== undefined && fields.service !== entered.row.service) {
      await requireEditor(db, by.actor, fields.service);
      await requireService(db, fields.service);
    }
    requireOrder({ ...entered.row, ...given(fields) }, new Set(Object.keys(given(fields))));
    const whole = review ? { review: reviewWith(entered.row.review, review) } : {};
    return answerOf(await editIncident(db, by, { seen, fields: { ...fields, ...whole } }));
  },
);

type Fields = Omit<z.output<typeof editBody>, "updatedAt" | "handBack" | "review">;
type Given = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

function given(fields: Fields): Given {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Parts that are not sent stay; those that are sent empty go. */
function reviewWith(
  before: IncidentReview,
  sent: NonNullable<z.output<typeof editBody>["review"]>,
): IncidentReview {
  const all = Object.entries({ ...before, ...sent });
  return Object.fromEntries(all.filter(([, text]) => text !== undefined && text !== ""));
}
