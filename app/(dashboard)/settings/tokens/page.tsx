import type { Metadata } from "next";
import { readTokensView } from "#app/_data/settings/tokens/read.ts";
import { NewToken } from "#app/(dashboard)/settings/tokens/new-token.tsx";
import { TokenList } from "#app/(dashboard)/settings/tokens/token-list.tsx";
import { enterPage } from "#app/access.ts";
import { PageHead } from "#components/settings/page-head.tsx";
import { Section } from "#components/ui/card.tsx";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";

export const metadata: Metadata = { title: "API tokens" };

export default async function TokensPage() {
  const actor = await enterPage("/settings/tokens");
  const { db } = await store();
  const { tokens, ...choices } = await readTokensView(db, actor, Date.now());
  return (
    <div className="space-y-5">
      <PageHead title="API tokens">
        Keys for programs: CI pipelines, scripts, Alertmanager. A token is shown once, when it is
        made; here only its hash is kept.
      </PageHead>
      <Section title="New token">
        <NewToken choices={choices} publicUrl={config().publicUrl} />
      </Section>
      <Section title="Tokens">
        <TokenList tokens={tokens} />
      </Section>
    </div>
  );
}
