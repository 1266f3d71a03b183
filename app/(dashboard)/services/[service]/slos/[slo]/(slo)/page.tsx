import { dehydrate, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { decoded } from "#app/_data/slo/address.ts";
import { mayTellOf } from "#app/_data/slo/may.ts";
import { type SloPageKey, sloPageQuery } from "#app/_data/slo/query.ts";
import { readSloPage } from "#app/_data/slo/read.ts";
import { enterPage } from "#app/access.ts";
import { sloPath } from "#components/layout/paths.ts";
import { readMoment } from "#lib/charts/range.ts";
import { type InstanceLabels, instanceName, readLabels } from "#lib/instances/name.ts";
import { Hydrated } from "../hydrated.tsx";
import { SloPanel } from "../slo-panel.tsx";

interface PageProps {
  readonly params: Promise<{ readonly service: string; readonly slo: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { service, slo } = await params;
  return { title: `${decoded(service)} ${decoded(slo)}` };
}

/** Why an SLO is what it is, and when it will be well. */
export default async function Page(props: PageProps) {
  const actor = await enterPage("/services/[service]/slos/[slo]");
  const key = await keyOf(props);
  const instance = await instanceAsked(props);
  if (instance) redirect(sloPath({ service: key.service, slo: instanceName(key.name, instance) }));
  const now = Date.now();
  const everything = key.exclusions === "off";
  const page = await readSloPage({ ...key, ...readMoment(key.at, now), everything, now });
  if (page?.kind !== "slo") notFound();
  const mayEdit = await mayTellOf(actor, page.head.service);
  const client = new QueryClient();
  client.setQueryData(sloPageQuery(key).queryKey, page);
  return (
    // As one text: thousands of chart values cost the server a multiple of that one by one.
    <Hydrated state={dehydrate(client, { serializeData: JSON.stringify })}>
      <SloPanel service={key.service} name={key.name} mayEdit={mayEdit} />
    </Hydrated>
  );
}

/** `?instance=handler=/pay` leads to that label set's own page. */
async function instanceAsked({ searchParams }: PageProps): Promise<InstanceLabels | null> {
  const { instance } = await searchParams;
  return typeof instance === "string" ? readLabels(instance) : null;
}

async function keyOf({ params, searchParams }: PageProps): Promise<SloPageKey> {
  const { service, slo } = await params;
  const search = await searchParams;
  const one = (name: string) => {
    const value = search[name];
    return typeof value === "string" ? value : null;
  };
  return {
    service: decoded(service),
    name: decoded(slo),
    at: one("at"),
    tier: one("at") === null ? null : one("tier"),
    exclusions: one("exclusions") === "off" ? "off" : null,
    range: { range: one("range"), from: one("from"), to: one("to") },
  };
}
