import type { FormEvent } from "react";
import type { ReviewAction } from "#components/reviews/view.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { type FormProblem, fieldProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface ActionFormProps {
  /** What is there already; null for a new one. */
  readonly action: Pick<ReviewAction, "text" | "owner" | "due"> | null;
  readonly label: string;
  readonly pending: boolean;
  readonly problem: FormProblem | null;
  readonly onAsk: (words: object, form: HTMLFormElement) => void;
  readonly onCancel?: () => void;
}

/** What is to be done, by whom and until when. */
export function ActionForm({ action, label, pending, problem, onAsk, onCancel }: ActionFormProps) {
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    onAsk(wordsOf(new FormData(form)), form);
  };
  const wrong = (field: string) => fieldProblem(problem, field);
  return (
    <form onSubmit={ask} className="no-print mt-2 space-y-3">
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_12rem_10rem]">
        <TextField
          label="What is to be done"
          name="text"
          required
          maxLength={500}
          autoComplete="off"
          autoFocus={action !== null}
          defaultValue={action?.text}
          problem={wrong("text")}
        />
        <TextField
          label="Owner"
          name="owner"
          maxLength={80}
          autoComplete="off"
          defaultValue={action?.owner ?? ""}
          problem={wrong("owner")}
        />
        <TextField
          label="Due"
          name="due"
          type="date"
          defaultValue={action?.due ?? ""}
          problem={wrong("due")}
        />
      </div>
      <ProblemLine problem={pending ? null : problem} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton disabled={pending}>{label}</SubmitButton>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
      </div>
    </form>
  );
}

/** Nobody and no day are null, not empty. */
function wordsOf(form: FormData): object {
  return {
    text: form.get("text"),
    owner: form.get("owner") || null,
    due: form.get("due") || null,
  };
}
