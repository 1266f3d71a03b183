import { dehydrate, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { decoded, type SloParams } from "#app/_data/slo/address.ts";
import { type WhatIfKey, whatIfQuery } from "#app/_data/whatif/query.ts";
import { readWhatIf } from "#app/_data/whatif/read.ts";
import { enterPage } from "#app/access.ts";
import { servicePath, sloPath } from "#components/layout/paths.ts";
import { Hydrated } from "../hydrated.tsx";
import { WhatIfPanel } from "./what-if-panel.tsx";

interface PageProps {
  readonly params: Promise<SloParams>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { service, slo } = await params;
  return { title: `What if: ${decoded(service)} ${decoded(slo)}` };
}

/** What an SLO's history would have been under another objective, window or policy. */
export default async function Page(props: PageProps) {
  await enterPage("/services/[service]/slos/[slo]/what-if");
  const key = await keyOf(props);
  const about = await readWhatIf({ ...key, now: Date.now() });
  if (about?.kind !== "slo") notFound();
  const client = new QueryClient();
  client.setQueryData(whatIfQuery(key).queryKey, about);
  const { service, name } = key;
  return (
    <article className="space-y-4">
      <header>
        <nav aria-label="Breadcrumb" className="text-small text-ink-3">
          <Link href={servicePath(service)} className="hover:underline">
            {service}
          </Link>{" "}
          /{" "}
          <Link href={sloPath({ service, slo: name })} className="hover:underline">
            {name}
          </Link>
        </nav>
        <h1 className="mt-0.5">
          What if <span className="font-normal text-ink-3">on its own history</span>
        </h1>
      </header>
      <Hydrated state={dehydrate(client, { serializeData: JSON.stringify })}>
        <WhatIfPanel service={service} name={name} />
      </Hydrated>
    </article>
  );
}

async function keyOf({ params, searchParams }: PageProps): Promise<WhatIfKey> {
  const { service, slo } = await params;
  const search = await searchParams;
  const one = (name: string) => {
    const value = search[name];
    return typeof value === "string" ? value.slice(0, 200) : null;
  };
  return {
    service: decoded(service),
    name: decoded(slo),
    fields: { objective: one("objective"), window: one("window"), thresholds: one("thresholds") },
  };
}
