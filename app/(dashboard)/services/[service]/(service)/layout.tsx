import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { decoded } from "#app/_data/slo/address.ts";
import { store } from "#db/client.ts";
import { serviceExists } from "#db/reads/names.ts";

interface LayoutProps {
  readonly params: Promise<{ readonly service: string }>;
  readonly children: ReactNode;
}

/** Before the skeleton is sent, and with it the status 200: a name that leads nowhere is a 404. */
export default async function ServiceLayout({ params, children }: LayoutProps) {
  const { db } = await store();
  if (!(await serviceExists(db, decoded((await params).service)))) notFound();
  return children;
}
