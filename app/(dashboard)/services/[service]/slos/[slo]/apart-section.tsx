import type { SloPage } from "#app/_data/slo/query.ts";
import { ApartList } from "#components/slo/apart/apart-list.tsx";
import { Section } from "#components/ui/card.tsx";
import { unitOf } from "#lib/slo/budget.ts";
import { AddApart, ApartActions } from "./apart-forms.tsx";
import type { SloUrl } from "./slo-url.ts";

interface ApartSectionProps {
  readonly page: SloPage;
  readonly url: SloUrl;
  readonly until: number;
  readonly mayEdit: boolean;
}

/** What is counted apart, and the way to the numbers with everything counted. */
export function ApartSection({ page, url, until, mayEdit }: ApartSectionProps) {
  const { apart, everything, head } = page;
  const isLeftOut = apart.some(({ excluded, planned }) => excluded && !planned);
  return (
    <Section title="Left out and experiments" aside={mayEdit && <AddApart page={page} />}>
      <div className="px-4 pb-3.5">
        <ApartList
          lines={apart}
          windowLabel={head.definition.windowLabel}
          unit={unitOf(head.definition)}
          everything={everything}
          until={until}
          actions={mayEdit ? (line) => <ApartActions line={line} /> : undefined}
        />
        {head.definition.experiments === "exclude" && (
          <p className="mt-2.5 text-[13px] text-ink-3">
            The policy leaves experiments out that are told while they happen.
          </p>
        )}
        {(isLeftOut || everything) && (
          <p className="mt-2.5 text-[13px]">
            <button
              type="button"
              className="prose-link"
              onClick={() => url.setExclusions(everything ? null : "off")}
            >
              {everything
                ? "The numbers with these left out"
                : "The numbers with everything counted"}
            </button>
          </p>
        )}
      </div>
    </Section>
  );
}
