import { z } from "zod";
import { readReviewView, readTeams } from "#app/_data/reviews/read.ts";
import { require } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";
import type { ReviewView } from "#components/reviews/view.ts";
import { store } from "#db/client.ts";
import type { Db } from "#db/connection.ts";
import type { ReviewKey } from "#db/reads/reviews.ts";
import type { By } from "#db/writes/audit.ts";
import type { Reviewed } from "#db/writes/reviews.ts";
import { monthSpan } from "#lib/dora/calendar.ts";
import { isZone } from "#lib/time/zone.ts";

/** The path of a route about one month's review. */
export interface MonthParams {
  readonly month: string;
}

/** The review that a change is about; refuses whoever may not edit it, before it tells what there is. */
export async function enterReview(db: Db, by: By, { month, team }: ReviewKey): Promise<ReviewKey> {
  require(by.actor, "edit", team === "" ? null : team);
  const span = monthSpan(month, "UTC");
  if (!span) throw unknownMonth();
  if (team !== "" && !(await readTeams(db, span.from)).includes(team)) {
    throw new RequestError(
      404,
      "unknown-team",
      "No SLO or service belongs to a team of this name.",
    );
  }
  return { month, team };
}

export function unknownMonth(): RequestError {
  return new RequestError(
    404,
    "unknown-month",
    "There is no such month yet; write one as 2026-03.",
  );
}

const CONFLICTS: Readonly<Record<Exclude<Reviewed, "saved">, string>> = {
  changed: "Someone else has written on this review; load it anew, and write again.",
  published: "This review is published and stays as it is; add a correction to it.",
  draft: "This review is not published yet; write in its notes.",
};

/** Says why a change was not made; nothing when it was. */
export function requireSaved(reviewed: Reviewed): void {
  if (reviewed !== "saved") throw new RequestError(409, reviewed, CONFLICTS[reviewed]);
}

const shape = {
  team: z.string().max(200).default(""),
  zone: z.string().refine(isZone, "is no time zone; write one as Europe/Berlin").optional(),
};

/** The review that an export asks for. */
export async function askedExport(
  request: Request,
  { month }: MonthParams,
  by: By,
): Promise<ReviewView> {
  const { team, zone = null } = parameters(request, shape);
  const { db } = await store();
  const view = await readReviewView(db, by.actor, { month, team, zone, now: by.at });
  if (!view) throw unknownMonth();
  return view;
}

/** A file for the reader to keep, named by what is in it. */
export function fileOf({ numbers: { month, team } }: ReviewView, form: "md" | "csv", text: string) {
  const whose = team === "" ? "" : `-${team.replaceAll(/[^A-Za-z0-9_-]+/g, "-")}`;
  const type = {
    md: "text/markdown; charset=utf-8",
    csv: "text/csv; charset=utf-8; header=present",
  };
  return new Response(text, {
    headers: {
      "content-type": type[form],
      "content-disposition": `attachment; filename="plimsoll-review-${month}${whose}.${form}"`,
      "cache-control": "no-store",
    },
  });
}
