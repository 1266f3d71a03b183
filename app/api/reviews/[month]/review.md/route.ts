import { reviewMarkdown } from "#app/_data/reviews/markdown.ts";
import { guarded } from "#app/api/guard.ts";
import { askedExport, fileOf, type MonthParams } from "#app/api/reviews/door.ts";
import { config } from "#config/current.ts";

/** A review as Markdown, to send and to keep. */
export const GET = guarded<MonthParams>(
  "GET /api/reviews/[month]/review.md",
  async ({ request, params, by }) => {
    const view = await askedExport(request, params, by);
    return fileOf(view, "md", reviewMarkdown(view, config().publicUrl.replace(/\/$/, "")));
  },
);
