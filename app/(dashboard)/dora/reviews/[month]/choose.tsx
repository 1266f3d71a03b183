import Form from "next/form";
import { reviewPath } from "#components/layout/paths.ts";
import type { ReviewView } from "#components/reviews/view.ts";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface ChooseProps {
  readonly view: ReviewView;
  readonly problem: string | undefined;
}

/** Whose month, and in which zone it begins and ends: both stand in the address. */
export function Choose({ view: { numbers, teams }, problem }: ChooseProps) {
  const { month, team, zone } = numbers;
  return (
    <Form
      key={`${month} ${team} ${zone}`}
      action={reviewPath(month)}
      className="flex flex-wrap items-end gap-3"
    >
      <div className="w-44">
        <SelectField name="team" label="Team" defaultValue={team}>
          <option value="">All teams</option>
          {team !== "" && !teams.includes(team) && <option>{team}</option>}
          {teams.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </SelectField>
      </div>
      <div className="w-44">
        <TextField
          name="zone"
          label="Time zone"
          defaultValue={zone}
          placeholder="Europe/Berlin"
          autoComplete="off"
          problem={problem}
        />
      </div>
      <SubmitButton>Show</SubmitButton>
    </Form>
  );
}
