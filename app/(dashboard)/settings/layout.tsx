import type { Metadata } from "next";
import type { ReactNode } from "react";
import { tabsFor } from "#app/(dashboard)/settings/pages.ts";
import { pageActor } from "#app/access.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Tabs } from "#components/ui/tabs.tsx";

export const metadata: Metadata = { title: "Settings" };

/** What stands around every page of the settings. Each page has a door of its own. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const actor = await pageActor();
  return (
    <>
      <Tabs label="Settings" tabs={tabsFor(actor)} />
      {actor.kind === "local" && <SignInOff />}
      {children}
    </>
  );
}

function SignInOff() {
  return (
    <div className="mb-5">
      <Banner tone="warning">
        Sign-in is off (<code className="font-mono">PLIMSOLL_NO_AUTH=1</code>): whoever reaches this
        address may do everything. To ask for it, leave the variable out and start Plimsoll again; a
        link for the first admin is then printed on its console.
      </Banner>
    </div>
  );
}
