import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { sourcesQuery } from "#app/_data/sources/query.ts";
import { readSourcesView } from "#app/_data/sources/read.ts";
import { LiveSources } from "#app/(dashboard)/sources/live-sources.tsx";
import { enterPage } from "#app/access.ts";
import { store } from "#db/client.ts";

export const metadata: Metadata = { title: "Sources" };

export default async function SourcesPage() {
  await enterPage("/sources");
  const { db } = await store();
  const client = new QueryClient();
  client.setQueryData(sourcesQuery().queryKey, await readSourcesView(db, Date.now()));
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <LiveSources />
    </HydrationBoundary>
  );
}
