"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { fleetQuery } from "#app/_data/fleet/query.ts";
import { useFleetView, useRested } from "#app/(dashboard)/(fleet)/use-fleet-view.ts";
import { Age, StaleBanner } from "#components/fleet/age.tsx";
import { FleetControls } from "#components/fleet/controls.tsx";
import { FleetResult } from "#components/fleet/result.tsx";
import { FleetSkeleton } from "#components/fleet/skeleton.tsx";
import { Start } from "#components/fleet/start.tsx";

/** The fleet, live: asked again every 15 s, filtered by what the address says. */
export function LiveFleet() {
  const [{ q, group }, setView] = useFleetView();
  const fleet = useInfiniteQuery({
    ...fleetQuery(useRested(q)),
    placeholderData: keepPreviousData,
  });
  const first = fleet.data?.pages[0];
  const { evaluatedAt = null, readAt = 0 } = first ?? {};
  return (
    <>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h1>Fleet</h1>
        {evaluatedAt === null ? null : <Age evaluatedAt={evaluatedAt} readAt={readAt} />}
      </div>
      <StaleBanner evaluatedAt={evaluatedAt} readAt={readAt} failure={failureOf(fleet.error)} />
      {first?.missing ? <Start missing={first.missing} /> : null}
      {first && !first.missing ? (
        <>
          <FleetControls
            view={{ filter: q, group }}
            totals={first.totals}
            problems={first.problems}
            onChange={({ filter, group }) => setView({ q: filter, group })}
          />
          <FleetResult
            rows={fleet.data?.pages.flatMap(({ rows }) => rows) ?? []}
            group={group}
            more={fleet.hasNextPage ? () => void fleet.fetchNextPage() : null}
            isLoading={fleet.isFetchingNextPage}
          />
        </>
      ) : null}
      {first || fleet.error ? null : <FleetSkeleton />}
    </>
  );
}

/** A browser that cannot reach us throws a TypeError in words of its own. */
function failureOf(error: Error | null): string | null {
  return error instanceof TypeError ? "the server does not answer." : (error?.message ?? null);
}
