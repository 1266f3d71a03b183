import type { ReactNode } from "react";
import type { AccountView } from "#components/settings/account/view.ts";
import { Section } from "#components/ui/card.tsx";

/** Who one is here, and what one may do. */
export function AccountFacts({ view: { name, email, role, waysIn } }: { view: AccountView }) {
  return (
    <Section title="You">
      <dl className="grid gap-x-6 gap-y-3 px-4 pb-4 sm:grid-cols-2 lg:grid-cols-4">
        <Fact term="Name">{name}</Fact>
        <Fact term="E-mail">{email}</Fact>
        <Fact term="Role">{role}</Fact>
        <Fact term="Signs in with">{waysIn.join(", ")}</Fact>
      </dl>
    </Section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-small text-ink-3">{term}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
