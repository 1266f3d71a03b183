import { CauseForm } from "#app/(dashboard)/incidents/[id]/cause-form.tsx";
import { EditReview } from "#app/(dashboard)/incidents/[id]/edit-review.tsx";
import { HandBack } from "#app/(dashboard)/incidents/[id]/hand-back.tsx";
import { IncidentHead } from "#app/(dashboard)/incidents/[id]/incident-head.tsx";
import { MergedList } from "#app/(dashboard)/incidents/[id]/merged-list.tsx";
import { NoteForm } from "#app/(dashboard)/incidents/[id]/note-form.tsx";
import { Cause } from "#components/incidents/cause.tsx";
import { Costs, PostmortemOwed } from "#components/incidents/costs.tsx";
import { LeftOut } from "#components/incidents/left-out.tsx";
import { Links } from "#components/incidents/links.tsx";
import { Review } from "#components/incidents/review.tsx";
import { Story } from "#components/incidents/story.tsx";
import { Times } from "#components/incidents/times.tsx";
import type { IncidentView } from "#components/incidents/view.ts";
import { ORIGIN_WORD } from "#components/incidents/words.ts";
import type { BudgetCost } from "#components/slo/costs/view.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Section } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";

interface IncidentPanelProps {
  readonly view: IncidentView;
  readonly costs: readonly BudgetCost[];
  /** The title of the merged incident whose address led here. */
  readonly cameFrom: string | null;
}

/** Everything about one incident. */
export function IncidentPanel({ view, costs, cameFrom }: IncidentPanelProps) {
  return (
    <div className="space-y-5">
      <IncidentHead view={view} />
      {cameFrom !== null && (
        <Banner tone="quiet">
          “{cameFrom}”, which you asked for, turned out to be this incident and was merged into it.
        </Banner>
      )}
      {view.withdrawnAt !== null && (
        <Banner tone="quiet">
          It was taken back where it came from ({ORIGIN_WORD[view.origin]}) on{" "}
          <Time at={view.withdrawnAt} show="both" />: it has lost its label or was deleted there. It
          is kept for the record and counted no more.
        </Banner>
      )}
      <PostmortemOwed costs={costs} postmortemUrl={view.postmortemUrl} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Telling view={view} />
        <Aside view={view} costs={costs} />
      </div>
    </div>
  );
}

function Telling({ view }: { view: IncidentView }) {
  const { id, service, story, review, choices } = view;
  return (
    <div className="min-w-0 space-y-5">
      <Section title="Timeline">
        <Story service={service} story={story} />
        {choices && <NoteForm id={id} />}
      </Section>
      <Section title="Review" aside={choices && <EditReview view={view} />}>
        <Review review={review} />
      </Section>
    </div>
  );
}

function Aside({ view, costs }: Pick<IncidentPanelProps, "view" | "costs">) {
  const { byHand, readAt, merged, choices } = view;
  return (
    <div className="min-w-0 space-y-5">
      <Section title="Times">
        <Times times={view} byHand={byHand} readAt={readAt} />
        <HandBack view={view} />
      </Section>
      <Section title="Cause">
        <Cause {...view} />
        {choices && <CauseForm view={view} deployments={choices.deployments} />}
      </Section>
      <Section title="Budget cost">
        <Costs costs={costs} startedAt={view.startedAt} />
        <LeftOut windows={view.leftOut} />
      </Section>
      <Section title="Links">
        <Links {...view} />
      </Section>
      {merged.length > 0 && (
        <Section title="Merged into this">
          <MergedList merged={merged} mayEdit={choices !== null} />
        </Section>
      )}
    </div>
  );
}
