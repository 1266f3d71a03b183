import type { Metadata } from "next";
import Link from "next/link";
import { deliveriesAsk, deliveriesPath } from "#app/_data/settings/receivers/ask.ts";
import { readDeliveriesView } from "#app/_data/settings/receivers/read.ts";
import { DeliveryFilter } from "#app/(dashboard)/settings/notifications/deliveries/filter.tsx";
import { DeliveryList } from "#app/(dashboard)/settings/notifications/delivery-list.tsx";
import { enterPage } from "#app/access.ts";
import { PageHead } from "#components/settings/page-head.tsx";
import { Section } from "#components/ui/card.tsx";
import { store } from "#db/client.ts";

export const metadata: Metadata = { title: "Deliveries" };

interface DeliveriesPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function DeliveriesPage({ searchParams }: DeliveriesPageProps) {
  const actor = await enterPage("/settings/notifications/deliveries");
  const ask = deliveriesAsk(await searchParams);
  const { deliveries, receivers, next } = await readDeliveriesView((await store()).db, actor, ask);
  return (
    <div className="space-y-5">
      <PageHead title="Deliveries">
        Every notice and each of its{" "}
        <Link href="/settings/notifications" className="text-accent underline">
          receivers
        </Link>
        . What arrived stays for 90 days, what was given up for 400.
      </PageHead>
      <Section title="Log">
        <DeliveryFilter ask={ask} receivers={receivers} />
        <DeliveryList
          deliveries={deliveries}
          empty={ask.state === "dead" ? "Nothing was given up" : "There are none"}
        />
        {next !== null && (
          <p className="border-t border-line px-4 py-3 text-[13px]">
            <Link href={deliveriesPath({ ...ask, before: next })} className="text-accent underline">
              Older ones
            </Link>
          </p>
        )}
      </Section>
    </div>
  );
}
