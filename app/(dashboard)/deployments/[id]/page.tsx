import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readDeploymentCosts } from "#app/_data/cost/read.ts";
import { readDeployment } from "#app/_data/deployments/one.ts";
import { decoded } from "#app/_data/slo/address.ts";
import { MarkPanel } from "#app/(dashboard)/deployments/[id]/mark-panel.tsx";
import { enterPage } from "#app/access.ts";
import { CostTable } from "#components/deployments/cost-table.tsx";
import { EvidenceList } from "#components/deployments/evidence-list.tsx";
import { DeploymentFacts, DeploymentHeading } from "#components/deployments/facts.tsx";
import { TiedIncidents } from "#components/deployments/incident-list.tsx";
import { Marks } from "#components/deployments/marks.tsx";
import { OutcomeMark } from "#components/deployments/outcome-mark.tsx";
import { ShippedList } from "#components/deployments/shipped-list.tsx";
import type { DeploymentView } from "#components/deployments/view.ts";
import { shippedWords, verdictWords } from "#components/deployments/words.ts";
import { Section } from "#components/ui/card.tsx";
import { store } from "#db/client.ts";

interface DeploymentPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export const metadata: Metadata = { title: "Deployment" };

/** What did this ship, and what did it cost? */
export default async function DeploymentPage({ params }: DeploymentPageProps) {
  const actor = await enterPage("/deployments/[id]");
  const { db } = await store();
  const view = await readDeployment(db, decoded((await params).id), actor);
  if (!view) notFound();
  const costs = await readDeploymentCosts(db, view.id);
  return (
    <article className="space-y-4">
      <DeploymentHeading view={view} />
      <Section title="What came of it" aside={<Mark view={view} />}>
        <p className="max-w-[90ch] px-4 pb-3">{verdictWords(view, Date.now())}</p>
        <DeploymentFacts view={view} />
      </Section>
      {view.uncounted === null && (
        <>
          <Section title="What it cost">
            <CostTable costs={costs} />
          </Section>
          <Section title="Incidents">
            <TiedIncidents incidents={view.incidents} />
          </Section>
          <Section title="Evidence">
            <EvidenceList view={view} />
          </Section>
          <Section title="What people said">
            <Marks marks={view.marks} />
            {view.mayEdit && <MarkPanel id={view.id} hasMarks={view.marks.length > 0} />}
          </Section>
          <Section title="What it shipped">
            <p className="max-w-[90ch] px-4 pb-3">{shippedWords(view)}</p>
            <ShippedList shipped={view.shipped} gaps={view.gaps} />
          </Section>
        </>
      )}
    </article>
  );
}

function Mark({ view }: { view: DeploymentView }) {
  const { outcome, isRework, restoration } = view;
  const isOpen = restoration !== null && restoration.at === null;
  return <OutcomeMark outcome={outcome} isRework={isRework} isOpen={isOpen} />;
}
