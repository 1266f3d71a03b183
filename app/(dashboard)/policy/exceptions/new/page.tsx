import type { Metadata } from "next";
import { type AskedOf, single } from "#app/_data/dora/single.ts";
import { readAskView } from "#app/_data/policy/ask.ts";
import { AskForm } from "#app/(dashboard)/policy/exceptions/new/ask-form.tsx";
import { enterPage } from "#app/access.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Section } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { store } from "#db/client.ts";

export const metadata: Metadata = { title: "Ask for an exception" };

/** The form to ask for a way around a block. */
export default async function NewExceptionPage({ searchParams }: { searchParams: AskedOf }) {
  const actor = await enterPage("/policy/exceptions/new");
  const address = single(await searchParams);
  const view = await readAskView((await store()).db, { actor, address, now: Date.now() });
  return (
    <div className="space-y-5">
      <header>
        <h1>
          {view.given.follows === null ? "Ask for an exception" : "Ask for an exception anew"}
        </h1>
        <p className="mt-1 max-w-[80ch] text-ink-2">
          Another person decides: an editor of the service's team, or an admin. Approved, it lets
          deployments through the block until it ends; it ends by itself, after 90 days at most.
        </p>
      </header>
      {view.signInOff && (
        <Banner tone="warning">
          Sign-in is off, so nobody can be told from you, and nobody can approve what you ask. It
          will wait until Plimsoll is started without{" "}
          <code className="font-mono">PLIMSOLL_NO_AUTH</code>.
        </Banner>
      )}
      <Section title="What do you need?" className="max-w-[760px]">
        {view.services.length > 0 ? (
          <AskForm view={view} />
        ) : (
          <Empty title="No service to ask for">
            An exception is asked for by an editor of the service's team, or by an admin; and the
            service needs an SLO in force.
          </Empty>
        )}
      </Section>
    </div>
  );
}
