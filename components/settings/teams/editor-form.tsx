import type { FormEvent } from "react";
import type { Candidate } from "#components/settings/teams/view.ts";
import { Button } from "#components/ui/button.tsx";
import { INPUT } from "#components/ui/field.tsx";
import type { FormProblem } from "#components/ui/form-problem.ts";
import { ProblemLine } from "#components/ui/problem-line.tsx";

interface EditorFormProps {
  readonly team: string;
  readonly candidates: readonly Candidate[];
  readonly pending: boolean;
  readonly problem: FormProblem | null;
  readonly onAdd: (personId: string) => void;
}

/** Chooses someone to be an editor. */
export function EditorForm({ team, candidates, pending, problem, onAdd }: EditorFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const personId = new FormData(event.currentTarget).get("person");
    if (typeof personId === "string" && personId !== "") onAdd(personId);
  };
  return (
    <form onSubmit={submit} className="space-y-2 border-t border-line px-4 py-3">
      <div className="flex flex-wrap gap-2">
        <select
          name="person"
          required
          defaultValue=""
          aria-label={`New editor of ${team}`}
          className={`${INPUT} min-w-0 sm:max-w-[360px]`}
        >
          <option value="">Choose a person</option>
          {candidates.map(({ id, name, email }) => (
            <option key={id} value={id}>
              {name} ({email})
            </option>
          ))}
        </select>
        <Button type="submit" disabled={pending}>
          Add editor<span className="sr-only"> of {team}</span>
        </Button>
      </div>
      <ProblemLine problem={problem} />
    </form>
  );
}
