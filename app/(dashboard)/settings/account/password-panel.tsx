"use client";

import { useState } from "react";
import { endedAnswer } from "#app/_data/settings/account/shapes.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { PasswordForm } from "#components/settings/account/password-form.tsx";
import { changedWords } from "#components/settings/account/words.ts";
import { Section } from "#components/ui/card.tsx";

interface PasswordPanelProps {
  readonly email: string;
  readonly hasPassword: boolean;
}

/** Changes one's password. A form that has done its work is a new one, empty. */
export function PasswordPanel({ email, hasPassword }: PasswordPanelProps) {
  const [done, setDone] = useState({ times: 0, said: "" });
  const { send, pending, problem } = useChange(endedAnswer);
  const change = async (body: { current: string; next: string }) => {
    setDone(({ times }) => ({ times, said: "" }));
    const answer = await send({ method: "POST", path: "/api/settings/account/password", body });
    if (answer) setDone(({ times }) => ({ times: times + 1, said: changedWords(answer.ended) }));
  };
  return (
    <Section title="Password">
      {hasPassword ? (
        <PasswordForm
          key={done.times}
          email={email}
          pending={pending}
          problem={problem}
          said={done.said}
          onChange={change}
        />
      ) : (
        <p className="px-4 pb-4 text-[13px] text-ink-2">
          You sign in through a provider, which keeps your password.
        </p>
      )}
    </Section>
  );
}
