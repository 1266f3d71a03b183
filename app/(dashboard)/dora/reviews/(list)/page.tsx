import type { Metadata } from "next";
import Form from "next/form";
import { type AskedOf, single } from "#app/_data/dora/single.ts";
import { readReviews } from "#app/_data/reviews/list.ts";
import { enterPage } from "#app/access.ts";
import { ReviewList } from "#components/reviews/list.tsx";
import { PageHead } from "#components/settings/page-head.tsx";
import { Section } from "#components/ui/card.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { store } from "#db/client.ts";

export const metadata: Metadata = { title: "Monthly reviews" };

/** Which months are reviewed, by whom, and which are not. */
export default async function ReviewsPage({ searchParams }: { searchParams: AskedOf }) {
  await enterPage("/dora/reviews");
  const team = (single(await searchParams).get("team") ?? "").trim();
  const view = await readReviews((await store()).db, team, Date.now());
  const isKnown = team === "" || view.teams.includes(team);
  return (
    <div className="space-y-5">
      <PageHead title="Monthly reviews">
        SLOs and delivery of a calendar month on one page, with notes and action items. A review is
        a draft until it is published; then its numbers stay as they are.
      </PageHead>
      <Form action="/dora/reviews" className="flex flex-wrap items-end gap-3">
        <div className="w-56">
          <SelectField
            key={team}
            name="team"
            label="Team"
            defaultValue={team}
            problem={isKnown ? undefined : "No team is called this."}
          >
            <option value="">All teams</option>
            {!isKnown && <option>{team}</option>}
            {view.teams.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </SelectField>
        </div>
        <SubmitButton>Show</SubmitButton>
      </Form>
      <Section title="Months">
        <ReviewList view={view} />
      </Section>
    </div>
  );
}
