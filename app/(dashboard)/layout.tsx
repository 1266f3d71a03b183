import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { navigationQuery } from "#app/_data/navigation/query.ts";
import { readNavigation } from "#app/_data/navigation/read.ts";
import { Shell } from "#app/(dashboard)/shell.tsx";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  await connection();
  const client = new QueryClient();
  await client.prefetchQuery({ ...navigationQuery(), queryFn: readNavigation });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Shell>{children}</Shell>
    </HydrationBoundary>
  );
}
