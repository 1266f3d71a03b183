import type { FormEvent } from "react";
import type { TokensView } from "#app/_data/settings/tokens/view.ts";
import { SCOPE_WORDS } from "#app/(dashboard)/settings/tokens/words.ts";
import { CheckField, CheckGroup } from "#components/ui/check-field.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { type FormProblem, fieldProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface TokenFormProps {
  readonly choices: Omit<TokensView, "tokens">;
  readonly pending: boolean;
  readonly problem: FormProblem | null;
  /** Takes the focus as it appears. */
  readonly focus: boolean;
  readonly onAsk: (body: object) => void;
}

/** What a new token is called, may do, for whom and until when. */
export function TokenForm({ choices, pending, problem, focus, onAsk }: TokenFormProps) {
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onAsk(bodyOf(new FormData(event.currentTarget)));
  };
  const wrong = (field: string) => fieldProblem(problem, field);
  return (
    <form onSubmit={ask} className="space-y-4 px-4 pb-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          label="Name"
          name="name"
          placeholder="ci-checkout"
          required
          maxLength={60}
          autoComplete="off"
          autoFocus={focus}
          problem={wrong("name")}
        />
        <TeamChoice {...choices} problem={wrong("team")} />
        <SelectField label="Expires in" name="days" defaultValue="90" problem={wrong("days")}>
          <option value="30">30 days</option>
          <option value="90">90 days</option>
          <option value="365">365 days</option>
        </SelectField>
      </div>
      <CheckGroup legend="Scopes" hint="No more than it needs." problem={wrong("scopes")}>
        {choices.scopes.map((scope) => (
          <CheckField
            key={scope}
            name="scopes"
            value={scope}
            label={scope}
            hint={SCOPE_WORDS[scope]}
          />
        ))}
      </CheckGroup>
      <ProblemLine problem={pending ? null : problem} />
      <SubmitButton disabled={pending}>Make the token</SubmitButton>
    </form>
  );
}

interface TeamChoiceProps extends Pick<TokensView, "teams" | "allTeams"> {
  readonly problem: string | undefined;
}

function TeamChoice({ teams, allTeams, problem }: TeamChoiceProps) {
  return (
    <SelectField label="Team" name="team" problem={problem}>
      {allTeams && <option value="">All teams</option>}
      {teams.map((team) => (
        <option key={team}>{team}</option>
      ))}
    </SelectField>
  );
}

function bodyOf(form: FormData): object {
  return {
    name: form.get("name"),
    scopes: form.getAll("scopes"),
    team: form.get("team") || null,
    days: Number(form.get("days")),
  };
}
