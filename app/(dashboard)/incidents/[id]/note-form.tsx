"use client";

import { type FormEvent, useRef } from "react";
import { noteAnswer } from "#app/_data/incidents/answers.ts";
import { incidentRoute } from "#app/(dashboard)/incidents/[id]/use-edit.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { TextArea } from "#components/ui/field.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Adds a note to the timeline, as of now. */
export function NoteForm({ id }: { id: string }) {
  const { send, pending, problem } = useChange(noteAnswer);
  const form = useRef<HTMLFormElement>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get("text");
    const path = `${incidentRoute(id)}/notes`;
    if (await send({ method: "POST", path, body: { text } })) form.current?.reset();
  };
  return (
    <form ref={form} onSubmit={submit} className="no-print space-y-3 px-4 pb-4">
      <TextArea
        label="Add a note"
        name="text"
        required
        rows={2}
        problem={fieldProblem(problem, "text")}
      />
      <ProblemLine problem={pending ? null : problem} />
      <SubmitButton disabled={pending}>Add the note</SubmitButton>
    </form>
  );
}
