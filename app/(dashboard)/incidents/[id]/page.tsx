import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readIncidentCosts } from "#app/_data/cost/read.ts";
import { readIncidentView } from "#app/_data/incidents/read.ts";
import { decoded } from "#app/_data/slo/address.ts";
import { IncidentPanel } from "#app/(dashboard)/incidents/[id]/incident-panel.tsx";
import { enterPage, pageActor } from "#app/access.ts";
import { store } from "#db/client.ts";
import type { Db } from "#db/connection.ts";
import { readIncident, readMergeTarget } from "#db/reads/incidents.ts";
import { decide } from "#lib/access/decide.ts";

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<{ readonly merged?: string | string[] }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  // Titles are made beside the page's door, not behind it.
  if (decide(await pageActor(), "read") !== "allow") return { title: "Incident" };
  const row = await readIncident((await store()).db, decoded((await params).id));
  return { title: row ? row.title : "Incident" };
}

/** What happened, what did it cost, and what caused it? */
export default async function IncidentPage({ params, searchParams }: PageProps) {
  const actor = await enterPage("/incidents/[id]");
  const { db } = await store();
  const id = decoded((await params).id);
  const found = await readIncidentView(db, { id, actor, now: Date.now() });
  if (found?.kind !== "here") notFound();
  const costs = await readIncidentCosts(db, id);
  const cameFrom = await titleMerged(db, id, (await searchParams).merged);
  return <IncidentPanel view={found.view} costs={costs} cameFrom={cameFrom} />;
}

/** The title of the incident whose address led here; null when none did, whatever the address says. */
async function titleMerged(
  db: Db,
  id: string,
  asked: string | string[] | undefined,
): Promise<string | null> {
  const [from] = [asked].flat();
  const row = from === undefined ? null : await readIncident(db, from);
  if (!row || row.mergedInto === null) return null;
  return (await readMergeTarget(db, row.id)) === id ? row.title : null;
}
