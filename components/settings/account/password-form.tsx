import type { FormEvent } from "react";
import { TextField } from "#components/ui/field.tsx";
import { type FormProblem, fieldProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface PasswordFormProps {
  readonly email: string;
  readonly pending: boolean;
  readonly problem: FormProblem | null;
  /** What to say once it is done; "" before. */
  readonly said: string;
  readonly onChange: (passwords: { current: string; next: string }) => void;
}

/** The current password and a new one. The hidden name tells password managers whose it is. */
export function PasswordForm({ email, pending, problem, said, onChange }: PasswordFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onChange({ current: String(form.get("current")), next: String(form.get("next")) });
  };
  return (
    <form onSubmit={submit} noValidate className="max-w-[420px] space-y-3 px-4 pb-4">
      <input
        type="text"
        autoComplete="username"
        value={email}
        readOnly
        hidden
        aria-hidden="true"
        tabIndex={-1}
      />
      <TextField
        label="Current password"
        name="current"
        type="password"
        autoComplete="current-password"
        problem={fieldProblem(problem, "current")}
      />
      <TextField
        label="New password"
        name="next"
        type="password"
        autoComplete="new-password"
        hint="At least 12 characters. A few words are easier to keep than symbols."
        problem={fieldProblem(problem, "next")}
      />
      <ProblemLine problem={problem && Object.keys(problem.fields).length > 0 ? null : problem} />
      <SubmitButton disabled={pending}>Change password</SubmitButton>
      <p role="status" className="text-small text-ink-2">
        {said}
      </p>
    </form>
  );
}
