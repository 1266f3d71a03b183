import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { refusalOf } from "#app/_data/door/refusals.ts";
import { pageActor } from "#app/access.ts";
import { SignInForm } from "#app/sign-in/sign-in-form.tsx";
import { Door } from "#components/door/door.tsx";
import { config } from "#config/current.ts";
import { safeNext } from "#lib/access/next.ts";

export const metadata: Metadata = { title: "Sign in" };

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** By whichever way is configured; then back to where one wanted to go. */
export default async function SignInPage({ searchParams }: PageProps) {
  const search = await searchParams;
  const one = (name: string) => (typeof search[name] === "string" ? search[name] : null);
  const next = safeNext(one("next"));
  if ((await pageActor()).kind !== "nobody") redirect(next);
  const { passwords, github, oidc } = config().signIn;
  const providers = [
    ...oidc.map(({ id, name }) => ({ id, name: name ?? id })),
    ...(github ? [{ id: "github", name: "GitHub" }] : []),
  ];
  return (
    <Door title="Sign in">
      <SignInForm
        next={next}
        passwords={passwords}
        providers={providers}
        refusal={refusalOf(one("error"))}
      />
    </Door>
  );
}
