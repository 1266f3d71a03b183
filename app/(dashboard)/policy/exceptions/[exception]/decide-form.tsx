"use client";

import { type FormEvent, useRef } from "react";
import { doneAnswer } from "#app/_data/policy/answers.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { Button } from "#components/ui/button.tsx";
import { TextArea } from "#components/ui/field.tsx";
import { fieldProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Approves or rejects, with a note to whoever asked. */
export function DecideForm({ id }: { id: number }) {
  const { send, pending, problem } = useChange(doneAnswer);
  const form = useRef<HTMLFormElement>(null);
  const decide = (decision: "approved" | "rejected") => {
    const written = form.current ? new FormData(form.current).get("note") : "";
    const note = String(written ?? "").trim() || null;
    const path = `/api/exceptions/${id}/decision`;
    return send({ method: "PUT", path, body: { decision, note } });
  };
  const approve = (event: FormEvent) => {
    event.preventDefault();
    void decide("approved");
  };
  return (
    <form ref={form} onSubmit={approve} className="space-y-3 border-t border-line px-4 pt-3 pb-4">
      <TextArea
        label="Note"
        hint="Optional: what the approval rests on, or why not."
        name="note"
        rows={3}
        maxLength={4000}
        problem={fieldProblem(problem, "note")}
      />
      <ProblemLine problem={pending ? null : problem} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton disabled={pending}>Approve</SubmitButton>
        <Button disabled={pending} className="py-1.5" onClick={() => decide("rejected")}>
          Reject
        </Button>
      </div>
    </form>
  );
}
