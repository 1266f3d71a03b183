import type { ReactNode } from "react";
import { Around, Environments } from "#components/dora/around.tsx";
import { LeadTime } from "#components/dora/lead-time.tsx";
import { MetricCard } from "#components/dora/metric-card.tsx";
import { RowsSection } from "#components/dora/rows-section.tsx";
import { ServicesTable } from "#components/dora/services-table.tsx";
import type { DoraView } from "#components/dora/view.ts";

interface DoraPanelProps {
  readonly view: DoraView;
  /** Deployments that cost much of a budget. */
  readonly children?: ReactNode;
}

/** The numbers of a range: five metrics, what is behind them, why, and each service for itself. */
export function DoraPanel({ view, children }: DoraPanelProps) {
  const { metrics, rows, services, address } = view;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {metrics.map((metric) => (
          <MetricCard key={metric.name} metric={metric} view={view} />
        ))}
        <Around incidents={view.incidents} pipeline={view.pipeline} />
      </div>
      {rows && <RowsSection rows={rows} address={address} />}
      <LeadTime view={view} />
      {services.length > 0 && <ServicesTable services={services} address={address} />}
      {children}
      <Environments seen={view.environments} />
    </>
  );
}
