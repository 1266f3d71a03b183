import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { resolveAlert } from "#app/_data/alert/resolve.ts";
import { enterPage } from "#app/access.ts";

export const metadata: Metadata = { title: "Alert" };

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** The link that alerts carry: leads on to the SLO at the time of the alert, or says why it cannot. */
export default async function Page({ searchParams }: PageProps) {
  await enterPage("/alert");
  const found = await resolveAlert(await searchParams, Date.now());
  if (found.kind === "landing") redirect(found.path);
  notFound();
}
