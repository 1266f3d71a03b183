import Form from "next/form";
import Link from "next/link";
import { PeriodField } from "#components/dora/period-field.tsx";
import type { DoraChoices } from "#components/dora/view.ts";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

interface AskFormProps {
  readonly choices: DoraChoices;
  /** What is shown now, by the names of the address. */
  readonly chosen: Readonly<Record<"team" | "service" | "period" | "from" | "to" | "zone", string>>;
  readonly year: number;
  readonly rows: string;
  readonly mistakes: Readonly<Record<string, string | undefined>>;
}

/** Whose delivery, when and in which zone: all of it stands in the address, and works without scripts. */
export function AskForm({ choices, chosen, year, rows, mistakes }: AskFormProps) {
  return (
    <Form action="/dora" scroll={false} className="no-print space-y-3 px-4 py-3.5">
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-7">
        <Choice
          name="team"
          label="Team"
          all="All teams"
          {...{ chosen, mistakes }}
          of={choices.teams}
        />
        <Choice
          name="service"
          label="Service"
          all="All services"
          {...{ chosen, mistakes }}
          of={choices.services}
        />
        <PeriodField months={choices.months} chosen={chosen.period} problem={mistakes.period} />
        <TextField
          type="date"
          name="from"
          label="First day"
          defaultValue={chosen.from}
          problem={mistakes.from}
        />
        <TextField
          type="date"
          name="to"
          label="Last day"
          defaultValue={chosen.to}
          problem={mistakes.to}
        />
        <TextField
          name="zone"
          label="Time zone"
          defaultValue={chosen.zone}
          placeholder="Europe/Berlin"
          autoComplete="off"
          problem={mistakes.zone}
        />
        <SelectField name="year" label="Levels of" defaultValue={String(year)}>
          {choices.years.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </SelectField>
      </div>
      {rows !== "" && <input type="hidden" name="rows" value={rows} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <SubmitButton>Show</SubmitButton>
        <Link href="/dora" className="prose-link text-[13px]">
          Start anew
        </Link>
        <p className="text-small text-ink-3">
          First and last day count where the period says so; days are those of the time zone.
        </p>
      </div>
    </Form>
  );
}

interface ChoiceProps extends Pick<AskFormProps, "chosen" | "mistakes"> {
  readonly name: "team" | "service";
  readonly label: string;
  readonly all: string;
  readonly of: readonly string[];
}

/** A name that is not in the list stays chosen, beside what is wrong with it. */
function Choice({ name, label, all, of, chosen, mistakes }: ChoiceProps) {
  const own = chosen[name];
  return (
    <SelectField name={name} label={label} defaultValue={own} problem={mistakes[name]}>
      <option value="">{all}</option>
      {own !== "" && !of.includes(own) && <option>{own}</option>}
      {of.map((each) => (
        <option key={each}>{each}</option>
      ))}
    </SelectField>
  );
}
