import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { readAccountView } from "#app/_data/settings/account/read.ts";
import { PasswordPanel } from "#app/(dashboard)/settings/account/password-panel.tsx";
import { SessionsPanel } from "#app/(dashboard)/settings/account/sessions-panel.tsx";
import { enterPage } from "#app/access.ts";
import { sessionOf } from "#auth/actor.ts";
import { AccountFacts } from "#components/settings/account/account-facts.tsx";
import { PageHead } from "#components/settings/page-head.tsx";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  await enterPage("/settings/account");
  const signedIn = await sessionOf(await headers());
  if (!signedIn) notFound();
  const view = await readAccountView(signedIn, Date.now());
  return (
    <div className="space-y-5">
      <PageHead title="Your account">
        Name, e-mail and rights are an admin’s to change; password and sessions are yours.
      </PageHead>
      <AccountFacts view={view} />
      <PasswordPanel email={view.email} hasPassword={view.hasPassword} />
      <SessionsPanel sessions={view.sessions} />
    </div>
  );
}
