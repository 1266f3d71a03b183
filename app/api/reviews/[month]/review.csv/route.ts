import { reviewCsv } from "#app/_data/reviews/csv.ts";
import { guarded } from "#app/api/guard.ts";
import { askedExport, fileOf, type MonthParams } from "#app/api/reviews/door.ts";

/** The numbers of a review as CSV. */
export const GET = guarded<MonthParams>(
  "GET /api/reviews/[month]/review.csv",
  async ({ request, params, by }) => {
    const view = await askedExport(request, params, by);
    return fileOf(view, "csv", reviewCsv(view));
  },
);
