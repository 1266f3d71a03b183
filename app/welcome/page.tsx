import type { Metadata } from "next";
import Link from "next/link";
import { passwordsOffWords } from "#app/_data/door/passwordsOff.ts";
import { WelcomeForm } from "#app/welcome/welcome-form.tsx";
import { hashSecret } from "#auth/link.ts";
import { Door } from "#components/door/door.tsx";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { findInvitation, type Invitation } from "#db/writes/invitations.ts";

export const metadata: Metadata = { title: "Welcome", referrer: "no-referrer" };

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

const TITLES = {
  "first-admin": "Become the first admin",
  invite: "Welcome to Plimsoll",
  reset: "Choose a new password",
} as const;

/** Where a one-time link leads: name, address and password, then in. */
export default async function WelcomePage({ searchParams }: PageProps) {
  const { token } = await searchParams;
  const given = typeof token === "string" ? token : "";
  const { db } = await store();
  const found = await findInvitation(db, hashSecret(given), Date.now());
  if (!found || config().noAuth) return <Gone />;
  if (!config().signIn.passwords) return <PasswordsOff link={found} />;
  return (
    <Door title={TITLES[found.kind]}>
      <WelcomeForm token={given} kind={found.kind} email={found.email} name={found.name} />
    </Door>
  );
}

function PasswordsOff({ link }: { link: Invitation }) {
  return (
    <Door title={link.kind === "invite" ? TITLES.invite : "Passwords are off"}>
      <p className="text-ink-2 first-letter:uppercase">{passwordsOffWords(link)}</p>
      <p className="pt-4">
        <Link href="/sign-in" className="prose-link">
          Sign in
        </Link>
      </p>
    </Door>
  );
}

function Gone() {
  return (
    <Door title="This link cannot be used">
      <p className="text-ink-2">
        It was used already, has expired or was taken back. Ask an admin for another one. Until
        someone is an admin, each start of the server prints a new one on its console.
      </p>
      <p className="pt-4">
        <Link href="/sign-in" className="prose-link">
          Sign in
        </Link>
      </p>
    </Door>
  );
}
