"use client";

import { doneAnswer } from "#app/_data/settings/people/shapes.ts";
import { useChange } from "#app/(dashboard)/settings/use-change.ts";
import { type Mark, MarkForm } from "#components/deployments/mark-form.tsx";

/** Marks a deployment by hand; the page is read anew. */
export function MarkPanel({ id, hasMarks }: { id: string; hasMarks: boolean }) {
  const { send, pending, problem } = useChange(doneAnswer);
  const path = `/api/views/deployments/${encodeURIComponent(id)}/marks`;
  const mark = async (word: Mark, reason: string) =>
    (await send({ method: "POST", path, body: { mark: word, reason } })) !== null;
  return <MarkForm hasMarks={hasMarks} pending={pending} problem={problem} onMark={mark} />;
}
