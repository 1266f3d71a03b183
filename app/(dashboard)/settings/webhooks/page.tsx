import type { Metadata } from "next";
import { readWebhooksView } from "#app/_data/settings/webhooks/read.ts";
import { Alertmanager } from "#app/(dashboard)/settings/webhooks/alertmanager.tsx";
import { Deliveries } from "#app/(dashboard)/settings/webhooks/deliveries.tsx";
import { Sender } from "#app/(dashboard)/settings/webhooks/sender.tsx";
import { enterPage } from "#app/access.ts";
import { serverSecret } from "#auth/secret.ts";
import { PageHead } from "#components/settings/page-head.tsx";
import { Section } from "#components/ui/card.tsx";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage() {
  await enterPage("/settings/webhooks");
  const { publicUrl } = config();
  const server = { publicUrl, secret: serverSecret() };
  const view = await readWebhooksView((await store()).db, server);
  return (
    <div className="space-y-5">
      <PageHead title="Webhooks">
        How GitHub, PagerDuty and Alertmanager tell Plimsoll what happens. What is not signed with a
        live secret, or sent with a live token, is refused.
      </PageHead>
      <Section title="GitHub">
        <Sender name="GitHub" sender={view.github} />
      </Section>
      <Section title="PagerDuty">
        <Sender name="PagerDuty" sender={view.pagerduty} />
      </Section>
      <Section title="Alertmanager">
        <Alertmanager url={view.alertmanager.url} />
      </Section>
      <Section title="Last deliveries">
        <Deliveries deliveries={view.deliveries} />
      </Section>
    </div>
  );
}
