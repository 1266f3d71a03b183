import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { navigationQuery } from "#app/_data/navigation/query.ts";
import { readNavigation } from "#app/_data/navigation/read.ts";
import { Shell } from "#app/(dashboard)/shell.tsx";
import { enterPage } from "#app/access.ts";

/** Whoever is not signed in goes no further than this; each page has a door of its own as well. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const actor = await enterPage("/");
  const client = new QueryClient();
  await client.prefetchQuery({ ...navigationQuery(), queryFn: readNavigation });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Shell person={actor.kind === "person" ? { name: actor.name } : null}>{children}</Shell>
    </HydrationBoundary>
  );
}
