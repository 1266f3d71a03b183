import { CorrectionForm } from "#app/(dashboard)/dora/reviews/[month]/correction-form.tsx";
import { Prose } from "#components/reviews/prose.tsx";
import type { ReviewView } from "#components/reviews/view.ts";
import { Section } from "#components/ui/card.tsx";

/** What was found to be wrong since. Only added to. */
export function Corrections({ view: { numbers, published, mayEdit } }: { view: ReviewView }) {
  const { month, team } = numbers;
  const corrections = published?.corrections ?? "";
  return (
    <Section title="Corrections">
      <div className="space-y-3 px-4 pb-4">
        {corrections === "" ? (
          <p className="text-[13px] text-ink-2">None.</p>
        ) : (
          <Prose text={corrections} />
        )}
        {mayEdit && <CorrectionForm month={month} team={team} />}
      </div>
    </Section>
  );
}
