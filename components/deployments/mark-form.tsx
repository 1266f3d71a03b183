import { type FormEvent, useState } from "react";
import type { MarkView } from "#components/deployments/view.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import type { FormProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";

export type Mark = MarkView["mark"];

interface MarkFormProps {
  readonly hasMarks: boolean;
  readonly pending: boolean;
  readonly problem: FormProblem | null;
  /** Resolves true when it is kept. */
  readonly onMark: (mark: Mark, reason: string) => Promise<boolean>;
}

const WORDS: readonly (readonly [Mark, string])[] = [
  ["failed", "It failed"],
  ["not-failed", "It did not fail"],
  ["rework", "It was rework"],
  ["not-rework", "It was planned"],
];

/** A person's word, which outranks what is inferred. */
export function MarkForm({ hasMarks, pending, problem, onMark }: MarkFormProps) {
  const [reason, setReason] = useState("");
  const mark = async (word: Mark) => {
    if (await onMark(word, reason)) setReason("");
  };
  const quiet = (event: FormEvent) => event.preventDefault();
  return (
    <form onSubmit={quiet} className="no-print space-y-3 border-t border-line px-4 py-3">
      <TextField
        label="Why"
        hint="For those who ask later; it may stay empty."
        value={reason}
        maxLength={500}
        onChange={({ target }) => setReason(target.value)}
        problem={problem?.fields.reason}
        autoComplete="off"
      />
      <div className="flex flex-wrap gap-2">
        {WORDS.map(([word, label]) => (
          <Button key={word} disabled={pending} onClick={() => mark(word)}>
            {label}
          </Button>
        ))}
        {hasMarks && (
          <Button disabled={pending} onClick={() => mark("none")}>
            Take back what was said
          </Button>
        )}
      </div>
      <ProblemLine problem={pending ? null : problem} />
    </form>
  );
}
