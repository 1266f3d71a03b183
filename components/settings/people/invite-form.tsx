import type { FormEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { CheckField, CheckGroup } from "#components/ui/check-field.tsx";
import { TextField } from "#components/ui/field.tsx";
import { type FormProblem, fieldProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** What was typed, for the server to check. */
export interface Invite {
  readonly email: string;
  readonly name: string;
  readonly admin: boolean;
  readonly teams: readonly string[];
}

interface InviteFormProps {
  readonly teams: readonly string[];
  readonly pending: boolean;
  readonly problem: FormProblem | null;
  readonly onInvite: (invite: Invite) => void;
  readonly onCancel: () => void;
}

/** Whom to invite, and as what. */
export function InviteForm({ teams, pending, problem, onInvite, onCancel }: InviteFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onInvite(typed(new FormData(event.currentTarget)));
  };
  return (
    <form onSubmit={submit} noValidate className="space-y-4 border-t border-line px-4 py-4">
      <ProblemLine problem={problem} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          autoFocus
          problem={fieldProblem(problem, "name")}
        />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="off"
          problem={fieldProblem(problem, "email")}
        />
      </div>
      <CheckField
        label="Admin"
        name="admin"
        hint="Manages people, teams, tokens and webhooks, and edits for every team."
      />
      {teams.length > 0 && (
        <CheckGroup
          legend="Editor of"
          hint="Changes what belongs to these teams. Without any: a viewer, who sees every number."
          problem={fieldProblem(problem, "teams")}
        >
          {teams.map((team) => (
            <CheckField key={team} label={team} name="teams" value={team} />
          ))}
        </CheckGroup>
      )}
      <div className="flex flex-wrap gap-2">
        <SubmitButton disabled={pending}>Make invitation link</SubmitButton>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}

function typed(form: FormData): Invite {
  return {
    email: String(form.get("email") ?? ""),
    name: String(form.get("name") ?? ""),
    admin: form.has("admin"),
    teams: form.getAll("teams").map(String),
  };
}
