"use client";

import { type FormEvent, useState } from "react";
import { doneAnswer } from "#app/_data/settings/people/shapes.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { Button } from "#components/ui/button.tsx";
import { TextArea } from "#components/ui/field.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface NotesFormProps {
  readonly month: string;
  readonly team: string;
  readonly zone: string;
  readonly notes: string;
  /** `updatedAt` of the review as it is shown. */
  readonly seen: number | null;
}

/** Writes the notes; refused when someone else wrote meanwhile, and then nothing typed is lost. */
export function NotesForm({ month, team, zone, notes, seen }: NotesFormProps) {
  const { send, pending, problem } = useChange(doneAnswer);
  // What was there when the writing began: the page may be read anew beneath it.
  const [begun, setBegun] = useState<{ readonly seen: number | null } | null>(null);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!begun) return;
    const written = new FormData(event.currentTarget).get("notes");
    const body = { team, zone, seen: begun.seen, notes: written };
    const path = `/api/reviews/${month}/notes`;
    if (await send({ method: "PUT", path, body })) setBegun(null);
  };
  if (!begun) {
    return (
      <Button onClick={() => setBegun({ seen })} className="no-print">
        {notes === "" ? "Write notes" : "Edit notes"}
      </Button>
    );
  }
  return (
    <form onSubmit={save} className="no-print space-y-3">
      <TextArea
        label="Notes"
        name="notes"
        hint="Markdown: paragraphs, lists, **bold**, [words](https://…)."
        rows={10}
        defaultValue={notes}
        maxLength={20_000}
        autoFocus
        problem={fieldProblem(problem, "notes")}
      />
      <ProblemLine problem={pending ? null : problem} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton disabled={pending}>Save notes</SubmitButton>
        <Button onClick={() => setBegun(null)}>Cancel</Button>
      </div>
    </form>
  );
}
