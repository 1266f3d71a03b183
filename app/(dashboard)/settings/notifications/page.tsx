import type { Metadata } from "next";
import Link from "next/link";
import { deliveriesPath } from "#app/_data/settings/receivers/ask.ts";
import { readReceiversView } from "#app/_data/settings/receivers/read.ts";
import { DeliveryList } from "#app/(dashboard)/settings/notifications/delivery-list.tsx";
import { NewReceiver } from "#app/(dashboard)/settings/notifications/new-receiver.tsx";
import { ReceiverList } from "#app/(dashboard)/settings/notifications/receiver-list.tsx";
import { enterPage } from "#app/access.ts";
import { PageHead } from "#components/settings/page-head.tsx";
import { Section } from "#components/ui/card.tsx";
import { store } from "#db/client.ts";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage() {
  const actor = await enterPage("/settings/notifications");
  const { receivers, deliveries, ...choices } = await readReceiversView((await store()).db, actor);
  return (
    <div className="space-y-5">
      <PageHead title="Notifications">
        Who is told when a policy state changes, a budget burns too fast, an exception is asked for
        or a source fails. Each notice is kept until it has arrived.
      </PageHead>
      <Section title="Receivers">
        <ReceiverList receivers={receivers} choices={choices} />
      </Section>
      <Section title="New receiver">
        <NewReceiver choices={choices} />
      </Section>
      <Section title="Last deliveries" aside={<Whole />}>
        <DeliveryList deliveries={deliveries} empty="Nothing has been sent yet" />
      </Section>
    </div>
  );
}

function Whole() {
  return (
    <Link href={deliveriesPath({})} className="text-[13px] text-accent underline">
      All deliveries
    </Link>
  );
}
