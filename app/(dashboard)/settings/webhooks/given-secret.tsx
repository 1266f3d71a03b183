"use client";

import { type FormEvent, useRef } from "react";
import { z } from "zod";
import type { SenderView } from "#app/_data/settings/webhooks/view.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { TextField } from "#components/ui/field.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

const answer = z.object({ id: z.string() });

/** Takes the secret that a sender made; it is kept sealed and not shown again. */
export function GivenSecret({ source }: Pick<SenderView, "source">) {
  const { send, pending, problem } = useChange(answer);
  const form = useRef<HTMLFormElement>(null);
  const keep = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const secret = new FormData(event.currentTarget).get("secret");
    const path = `/api/settings/webhooks/${source}/secrets`;
    if (await send({ method: "POST", path, body: { secret } })) form.current?.reset();
  };
  return (
    <form ref={form} onSubmit={keep} className="max-w-[560px] space-y-3">
      <TextField
        label="Secret of PagerDuty"
        name="secret"
        type="password"
        autoComplete="off"
        required
        hint="PagerDuty shows it once, when a webhook (v3) is added."
        problem={fieldProblem(problem, "secret")}
      />
      <ProblemLine problem={pending ? null : problem} />
      <SubmitButton disabled={pending}>Keep the secret</SubmitButton>
    </form>
  );
}
