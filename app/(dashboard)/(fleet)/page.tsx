import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { fleetQuery } from "#app/_data/fleet/query.ts";
import { readFleetView } from "#app/_data/fleet/read.ts";
import { LiveFleet } from "#app/(dashboard)/(fleet)/live-fleet.tsx";
import { enterPage } from "#app/access.ts";

export const metadata: Metadata = { title: "Fleet" };

interface FleetPageProps {
  readonly searchParams: Promise<{ readonly q?: string | string[] }>;
}

/** Where is it bad right now? */
export default async function FleetPage({ searchParams }: FleetPageProps) {
  await enterPage("/");
  const { q = "" } = await searchParams;
  const filter = typeof q === "string" ? q : (q[0] ?? "");
  const client = new QueryClient();
  await client.prefetchInfiniteQuery({
    ...fleetQuery(filter),
    queryFn: ({ pageParam }) => readFleetView(filter, pageParam),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <LiveFleet />
    </HydrationBoundary>
  );
}
