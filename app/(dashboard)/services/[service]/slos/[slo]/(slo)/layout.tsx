import { notFound, permanentRedirect } from "next/navigation";
import type { ReactNode } from "react";
import { addressOf, type SloParams } from "#app/_data/slo/address.ts";
import { askedSearch } from "#app/access.ts";
import { sloPath } from "#components/layout/paths.ts";
import { store } from "#db/client.ts";
import { findSlo } from "#db/reads/names.ts";

interface LayoutProps {
  readonly params: Promise<SloParams>;
  readonly children: ReactNode;
}

/**
 * Before the skeleton is sent, and with it the status 200: a former name is a redirect that keeps
 * the moment and range that were asked for, a name that leads nowhere is a 404.
 */
export default async function SloLayout({ params, children }: LayoutProps) {
  const { service, name } = addressOf(await params);
  const { db } = await store();
  const found = await findSlo(db, service, name);
  if (!found) notFound();
  if (found.kind === "moved") {
    const now = sloPath({ service: found.service, slo: found.name });
    permanentRedirect(now + (await askedSearch()));
  }
  return children;
}
