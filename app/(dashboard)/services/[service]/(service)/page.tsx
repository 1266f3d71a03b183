import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readServiceDelivery } from "#app/_data/dora/service.ts";
import { serviceQuery } from "#app/_data/service/query.ts";
import { readService } from "#app/_data/service/read.ts";
import { decoded } from "#app/_data/slo/address.ts";
import { enterPage } from "#app/access.ts";
import { ServiceDelivery } from "#components/dora/service-delivery.tsx";
import { store } from "#db/client.ts";
import { ServicePanel } from "./service-panel.tsx";

interface PageProps {
  readonly params: Promise<{ readonly service: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decoded((await params).service) };
}

/** What is this service's story this month? */
export default async function Page({ params }: PageProps) {
  await enterPage("/services/[service]");
  const service = decoded((await params).service);
  const view = await readService({ service, now: Date.now() });
  if (!view) notFound();
  const delivery = await readServiceDelivery((await store()).db, service);
  const client = new QueryClient();
  client.setQueryData(serviceQuery(service).queryKey, view);
  return (
    <>
      <HydrationBoundary state={dehydrate(client)}>
        <ServicePanel service={service} />
      </HydrationBoundary>
      <ServiceDelivery service={service} {...delivery} />
    </>
  );
}
