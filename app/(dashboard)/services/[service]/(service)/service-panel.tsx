"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { serviceQuery } from "#app/_data/service/query.ts";
import { FleetTable } from "#components/fleet/fleet-table.tsx";
import { teamPath } from "#components/layout/paths.ts";
import { CoveringNotice } from "#components/policy/covering-notice.tsx";
import { GateNow } from "#components/policy/gate-now.tsx";
import { ServiceTimeline } from "#components/slo/timeline/service-timeline.tsx";
import { ServiceVerdict } from "#components/slo/timeline/service-verdict.tsx";
import { TimelineTable } from "#components/slo/timeline/timeline-table.tsx";
import type { ServiceView } from "#components/slo/timeline/view.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";

/** A service's page, kept fresh. */
export function ServicePanel({ service }: { service: string }) {
  const { data: view, error } = useQuery(serviceQuery(service));
  if (!view) return null;
  return (
    <article className="space-y-4">
      <Heading view={view} />
      {error && (
        <Banner tone="warning">
          This page cannot be refreshed: {error.message} It shows what was known at{" "}
          <Time at={view.readAt} show="clock" />.
        </Banner>
      )}
      <ServiceVerdict view={view} />
      <GateNow answer={view.gate} fixes={view.fixes} />
      <CoveringNotice exceptions={view.exceptions} />
      <Section title="SLOs, worst first">
        <FleetTable rows={view.rows} groupBy={null} caption={`SLOs of ${service}, worst first`} />
      </Section>
      <Timeline view={view} />
    </article>
  );
}

function Heading({ view }: { view: ServiceView }) {
  const teams = [...new Set(view.rows.flatMap(({ team }) => (team === null ? [] : [team])))];
  return (
    <header>
      <nav aria-label="Breadcrumb" className="text-small text-ink-3">
        {teams.map((team, i) => (
          <span key={team}>
            {i > 0 && ", "}
            <Link href={teamPath(team)} className="hover:underline">
              {team}
            </Link>
          </span>
        ))}
      </nav>
      <h1 className="mt-0.5">{view.service}</h1>
      <p className="mt-0.5 text-small text-ink-3">
        Evaluated <Time at={view.evaluatedAt} show="relative" />
      </p>
    </header>
  );
}

function Timeline({ view }: { view: ServiceView }) {
  const [asTable, setAsTable] = useState(false);
  return (
    <Section
      title="The last 30 days"
      aside={
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-ink-3">
          <span>△ deployment, ◆ incident, ▾ policy change, bars below: alerts</span>
          <Button aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            Table
          </Button>
        </div>
      }
    >
      <div className="px-4 pt-1 pb-4">
        {asTable ? <TimelineTable view={view} /> : <ServiceTimeline view={view} />}
      </div>
    </Section>
  );
}
