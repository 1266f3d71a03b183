import { notFound, permanentRedirect } from "next/navigation";
import type { ReactNode } from "react";
import { addressOf, type SloParams } from "#app/_data/slo/address.ts";
import { askedSearch } from "#app/access.ts";
import { whatIfPath } from "#components/layout/paths.ts";
import { store } from "#db/client.ts";
import { findSlo } from "#db/reads/names.ts";

interface LayoutProps {
  readonly params: Promise<SloParams>;
  readonly children: ReactNode;
}

/** Before the skeleton is sent: a former name is a redirect that keeps what was asked, no name a 404. */
export default async function WhatIfLayout({ params, children }: LayoutProps) {
  const { service, name } = addressOf(await params);
  const { db } = await store();
  const found = await findSlo(db, service, name);
  if (!found) notFound();
  if (found.kind === "moved") {
    const now = whatIfPath({ service: found.service, slo: found.name });
    permanentRedirect(now + (await askedSearch()));
  }
  return children;
}
