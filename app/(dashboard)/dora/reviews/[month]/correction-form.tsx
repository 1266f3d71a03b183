"use client";

import type { FormEvent } from "react";
import { doneAnswer } from "#app/_data/settings/people/shapes.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { TextField } from "#components/ui/field.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface CorrectionFormProps {
  readonly month: string;
  readonly team: string;
}

export function CorrectionForm({ month, team }: CorrectionFormProps) {
  const { send, pending, problem } = useChange(doneAnswer);
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const body = { team, text: new FormData(form).get("text") };
    const path = `/api/reviews/${month}/corrections`;
    if (await send({ method: "POST", path, body })) form.reset();
  };
  return (
    <form onSubmit={add} className="no-print space-y-3">
      <TextField
        label="Add a correction"
        name="text"
        hint="It stays, with your name and the day."
        required
        maxLength={2_000}
        autoComplete="off"
        problem={fieldProblem(problem, "text")}
      />
      <ProblemLine problem={pending ? null : problem} />
      <SubmitButton disabled={pending}>Add</SubmitButton>
    </form>
  );
}
