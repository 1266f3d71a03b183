import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { decoded } from "#app/_data/slo/address.ts";
import { enterPage } from "#app/access.ts";
import { incidentPath } from "#components/layout/paths.ts";
import { store } from "#db/client.ts";
import { readIncident, readMergeTarget } from "#db/reads/incidents.ts";

interface LayoutProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly children: ReactNode;
}

/** Before the skeleton is sent, and with it the status 200: an unknown one is a 404, a merged one leads on. */
export default async function IncidentLayout({ params, children }: LayoutProps) {
  await enterPage("/incidents/[id]");
  const { db } = await store();
  const id = decoded((await params).id);
  const row = await readIncident(db, id);
  if (!row) notFound();
  if (row.mergedInto === null) return children;
  const into = await readMergeTarget(db, id);
  return redirect(`${incidentPath(into)}?merged=${encodeURIComponent(id)}`);
}
