"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { sloPageQuery } from "#app/_data/slo/query.ts";
import { editorPath } from "#components/layout/paths.ts";
import { CoveringNotice } from "#components/policy/covering-notice.tsx";
import { Firings } from "#components/slo/alert/firings.tsx";
import { LandingPanel } from "#components/slo/alert/landing-panel.tsx";
import { LeftOutLine } from "#components/slo/alert/left-out-line.tsx";
import { UnmatchedNotice } from "#components/slo/alert/unmatched-notice.tsx";
import { CostsPanel } from "#components/slo/costs/costs-panel.tsx";
import { DefinitionPanel } from "#components/slo/detail/definition-panel.tsx";
import { ExplainContext } from "#components/slo/detail/explain-trigger.tsx";
import { FactsRow } from "#components/slo/detail/facts-row.tsx";
import { PolicyHistory } from "#components/slo/detail/policy-history.tsx";
import { TiersTable } from "#components/slo/detail/tiers-table.tsx";
import { VerdictCard } from "#components/slo/detail/verdict-card.tsx";
import { InstancesSection } from "#components/slo/instances/instances-section.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Section } from "#components/ui/card.tsx";
import type { NumberId } from "#lib/explain/explanation.ts";
import { ApartSection } from "./apart-section.tsx";
import { ChartStack } from "./chart-stack.tsx";
import { SloHeading } from "./slo-heading.tsx";
import { SloNotices } from "./slo-notices.tsx";
import { type SloUrl, useSloUrl } from "./slo-url.ts";

const ExplainPanel = dynamic(() => import("./explain-panel.tsx"), { ssr: false });

interface SloPanelProps {
  readonly service: string;
  readonly name: string;
  readonly mayEdit: boolean;
}

/** The whole page of one SLO, kept fresh: its range, moment and tier live in the URL. */
export function SloPanel({ service, name, mayEdit }: SloPanelProps) {
  const url = useSloUrl();
  // By itself a tier only says which lines are drawn.
  const tier = url.at === null ? null : url.tier;
  const { at, exclusions, range } = url;
  const query = useQuery(sloPageQuery({ service, name, at, tier, exclusions, range }));
  const [explained, setExplained] = useState<NumberId | null>(null);
  const page = query.data;
  if (!page) return null;
  const { head, chart } = page;
  const until = chart?.end ?? head.readAt;
  return (
    <ExplainContext value={setExplained}>
      <article className="space-y-4" aria-busy={query.isPlaceholderData}>
        <SloHeading head={head} url={url} />
        <UnmatchedNotice
          text={url.unmatched}
          tiers={head.tiers.map((each) => each.tier)}
          hasFiring={page.landing !== null}
        />
        {page.landing && (
          <LandingPanel
            {...{ landing: page.landing, gate: page.gate, chart, until, mayEdit }}
            countAll={<CountAll url={url} />}
          />
        )}
        <SloNotices page={page} failure={query.error} url={url} />
        <CoveringNotice exceptions={page.exceptions} />
        {page.leftOut && !page.landing?.leftOut && (
          <Banner tone="warning">
            <LeftOutLine leftOut={page.leftOut} link={<CountAll url={url} />} />
          </Banner>
        )}
        <VerdictCard head={head} />
        <FactsRow head={head} />
        {page.instances && <InstancesSection instances={page.instances} />}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1.75fr)_minmax(0,1fr)]">
          <ChartStack page={page} chart={chart} url={url} waiting={query.isPlaceholderData} />
          <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4 md:grid-cols-[repeat(2,minmax(0,1fr))] xl:grid-cols-[minmax(0,1fr)]">
            <Section title="What spent the budget">
              <div className="px-4 pb-3.5">
                <CostsPanel costs={page.costs} />
              </div>
            </Section>
            <ApartSection page={page} url={url} until={until} mayEdit={mayEdit} />
            <Section title="Alert tiers">
              <div className="px-4 pb-3.5">
                <TiersTable tiers={head.tiers} />
              </div>
            </Section>
            <Section title="Alerts">
              <div className="px-4 pb-3.5">
                <Firings ours={head.alerts} outside={head.outside} until={until} />
              </div>
            </Section>
            <Section title="Policy history">
              <div className="px-4 pb-3.5">
                <PolicyHistory transitions={head.transitions} recordedSince={head.recordedSince} />
              </div>
            </Section>
            <Section
              title="Definition"
              aside={<EditLink service={service} name={head.definition.instanceOf ?? name} />}
            >
              <div className="px-4 pb-3.5">
                <DefinitionPanel definition={head.definition} />
              </div>
            </Section>
          </div>
        </div>
      </article>
      {explained && (
        <ExplainPanel
          address={{ service, name, at, exclusions }}
          number={explained}
          onClose={() => setExplained(null)}
        />
      )}
    </ExplainContext>
  );
}

function CountAll({ url }: { url: SloUrl }) {
  return (
    <button
      type="button"
      className="prose-link min-h-6 font-medium"
      onClick={() => url.setExclusions("off")}
    >
      Count everything
    </button>
  );
}

function EditLink({ service, name }: Pick<SloPanelProps, "service" | "name">) {
  return (
    <Link href={editorPath({ service, slo: name })} className="prose-link text-small text-ink-2">
      Edit document
    </Link>
  );
}
