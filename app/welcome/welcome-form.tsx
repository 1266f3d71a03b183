"use client";

import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { z } from "zod";
import { ChangeRefused, sendChange } from "#app/_data/settings/send.ts";
import { TextField } from "#components/ui/field.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface WelcomeFormProps {
  readonly token: string;
  readonly kind: "first-admin" | "invite" | "reset";
  readonly email: string | null;
  readonly name: string | null;
}

type Typed = Readonly<Record<"name" | "email" | "password", string>>;

export function WelcomeForm({ token, kind, email, name }: WelcomeFormProps) {
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (typed: Typed) => enter(token, typed),
    onSuccess: () => location.assign("/"),
  });
  const problem = error instanceof ChangeRefused ? error.problem : null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const one = (field: string) => String(typed.get(field) ?? "");
    mutate({ name: one("name"), email: email ?? one("email"), password: one("password") });
  };
  return (
    // By POST also while the page is not awake: else the browser would write the password into the address.
    <form method="post" className="space-y-3" onSubmit={submit}>
      <ProblemLine problem={problem} />
      {kind !== "reset" && (
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          defaultValue={name ?? ""}
          problem={fieldProblem(problem, "name")}
          required
        />
      )}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        {...(email === null ? {} : { value: email, readOnly: true })}
        problem={fieldProblem(problem, "email")}
        required
      />
      <TextField
        label="Password"
        hint="At least 12 characters. A few words are easier to keep than symbols."
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        maxLength={128}
        problem={fieldProblem(problem, "password")}
        required
      />
      <SubmitButton disabled={isPending || isSuccess} className="w-full justify-center py-2">
        {kind === "reset" ? "Set password and sign in" : "Sign in"}
      </SubmitButton>
    </form>
  );
}

/** Uses the link up, then signs in with what was just set. */
async function enter(token: string, typed: Typed): Promise<void> {
  const accepted = await sendChange(
    { method: "POST", path: "/api/welcome", body: { token, ...typed } },
    z.object({ email: z.string() }),
  );
  const body = { email: accepted.email, password: typed.password };
  await sendChange({ method: "POST", path: "/api/auth/sign-in/email", body }, z.unknown());
}
