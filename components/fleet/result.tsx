"use client";

import { FleetTable } from "#components/fleet/fleet-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import type { Grouping } from "#lib/fleet/group.ts";
import type { FleetRow } from "#lib/fleet/row.ts";

interface FleetResultProps {
  /** Of all pages that were read so far. */
  readonly rows: readonly FleetRow[];
  readonly group: Grouping | null;
  /** Reads the next page; null when there is none. */
  readonly more: (() => void) | null;
  readonly isLoading: boolean;
}

/** What the filter found. */
export function FleetResult({ rows, group, more, isLoading }: FleetResultProps) {
  const shown = unlike(rows);
  if (shown.length === 0) return <NothingFound />;
  return (
    <>
      <Card className="overflow-clip">
        <FleetTable rows={shown} groupBy={group} caption="SLOs, worst budget first" />
      </Card>
      <div className="mt-2.5 flex flex-wrap items-center justify-between gap-3">
        <p className="text-small text-ink-3">
          {shown.length === 1 ? "1 SLO" : `${shown.length} SLOs`}
          {more ? " so far" : ""}, worst first. Lines on the gauge are the policy's thresholds; the
          heavy line is an empty budget, and overdraft reaches left of it.
        </p>
        {more ? (
          <Button onClick={more} disabled={isLoading}>
            {isLoading ? "Reading more" : "Show more"}
          </Button>
        ) : null}
      </div>
    </>
  );
}

/** An SLO whose state changed between the reading of two pages may stand on both. */
function unlike(rows: readonly FleetRow[]): FleetRow[] {
  return [...new Map(rows.map((row) => [`${row.service}/${row.slo}`, row])).values()];
}

function NothingFound() {
  return (
    <Card>
      <Empty title="No SLO matches this filter">
        Facets are <code className="font-mono">team:</code>,{" "}
        <code className="font-mono">service:</code> and <code className="font-mono">state:</code>.
        Other words are looked for in the names of SLOs, services and teams.
      </Empty>
    </Card>
  );
}
