import Form from "next/form";
import Link from "next/link";
import type { DeploymentsView, ListField } from "#components/deployments/view.ts";
import { OUTCOME_WORD } from "#components/deployments/words.ts";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

type FilterFormProps = Pick<DeploymentsView, "fields" | "mistakes" | "choices">;

/** The filter stands in the address, so it can be kept and sent to others; it works without scripts. */
export function FilterForm({ fields, mistakes, choices }: FilterFormProps) {
  return (
    <Form action="/deployments" className="no-print space-y-3 px-4 py-3.5">
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 xl:grid-cols-6">
        <Choice name="team" label="Team" own={fields.team} of={choices.teams} />
        <Choice name="service" label="Service" own={fields.service} of={choices.services} />
        <Choice
          name="environment"
          label="Environment"
          own={fields.environment}
          of={choices.environments}
        />
        <SelectField name="outcome" label="Outcome" defaultValue={fields.outcome}>
          <option value="">All</option>
          {Object.entries(OUTCOME_WORD).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
          <option value="rework">Rework</option>
        </SelectField>
        <DayField name="from" label="First day" {...{ fields, mistakes }} />
        <DayField name="to" label="Last day" {...{ fields, mistakes }} />
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton>Show</SubmitButton>
        <p className="text-small text-ink-3">Days are those of UTC, both included.</p>
        {Object.values(fields).some((text) => text !== "") && (
          <Link href="/deployments" className="prose-link text-[13px]">
            Clear the filter
          </Link>
        )}
      </div>
    </Form>
  );
}

interface ChoiceProps {
  readonly name: ListField;
  readonly label: string;
  readonly own: string;
  readonly of: readonly string[];
}

/** A name that is not in the list stays chosen: the list is empty then, and says why. */
function Choice({ name, label, own, of }: ChoiceProps) {
  return (
    <SelectField name={name} label={label} defaultValue={own}>
      <option value="">All</option>
      {own !== "" && !of.includes(own) && <option>{own}</option>}
      {of.map((each) => (
        <option key={each}>{each}</option>
      ))}
    </SelectField>
  );
}

interface DayFieldProps extends Pick<FilterFormProps, "fields" | "mistakes"> {
  readonly name: "from" | "to";
  readonly label: string;
}

function DayField({ name, label, fields, mistakes }: DayFieldProps) {
  const problem = mistakes[name];
  return (
    <TextField
      type="date"
      name={name}
      label={label}
      defaultValue={problem ? "" : fields[name]}
      problem={problem}
    />
  );
}
