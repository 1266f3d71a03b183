"use client";

import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { z } from "zod";
import { sendChange } from "#app/_data/settings/send.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface SignInFormProps {
  readonly next: string;
  readonly passwords: boolean;
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly refusal: string | null;
}

export function SignInForm({ next, passwords, providers, refusal }: SignInFormProps) {
  const password = useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      sendChange({ method: "POST", path: "/api/auth/sign-in/email", body }, z.unknown()),
    onSuccess: () => location.assign(next),
  });
  const provider = useMutation({
    mutationFn: (id: string) =>
      sendChange(
        { method: "POST", path: "/api/auth/sign-in/social", body: { provider: id, next } },
        z.object({ url: z.url() }),
      ),
    onSuccess: ({ url }) => location.assign(url),
  });
  const message = password.error?.message ?? provider.error?.message ?? refusal;
  return (
    <div className="space-y-4">
      <ProblemLine problem={message === null ? null : { message, fields: {} }} />
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          className="w-full justify-center py-2"
          disabled={provider.isPending || provider.isSuccess}
          onClick={() => provider.mutate(id)}
        >
          Continue with {name}
        </Button>
      ))}
      {passwords && providers.length > 0 && <Or />}
      {passwords && (
        <PasswordForm
          pending={password.isPending || password.isSuccess}
          onSubmit={(typed) => password.mutate(typed)}
        />
      )}
    </div>
  );
}

interface PasswordFormProps {
  readonly pending: boolean;
  readonly onSubmit: (typed: { email: string; password: string }) => void;
}

function PasswordForm({ pending, onSubmit }: PasswordFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    onSubmit({ email: String(typed.get("email")), password: String(typed.get("password")) });
  };
  return (
    // By POST also while the page is not awake: else the browser would write the password into the address.
    <form method="post" className="space-y-3" onSubmit={submit}>
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <SubmitButton disabled={pending} className="w-full justify-center py-2">
        Sign in
      </SubmitButton>
      <p className="text-small text-ink-3">
        No account, or a forgotten password? An admin makes a link for you.
      </p>
    </form>
  );
}

function Or() {
  return (
    <div className="flex items-center gap-3 text-small text-ink-3">
      <span className="h-px flex-1 bg-line" />
      or
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}
