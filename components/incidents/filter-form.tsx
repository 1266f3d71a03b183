import Form from "next/form";
import Link from "next/link";
import { FILTER_FIELDS, type IncidentsView } from "#components/incidents/view.ts";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

type FilterFormProps = Pick<IncidentsView, "fields" | "mistakes" | "services" | "teams">;

/** The filter stands in the address, so it can be kept and sent to others; it works without scripts. */
export function FilterForm({ fields, mistakes, services, teams }: FilterFormProps) {
  const isFiltered = FILTER_FIELDS.some((name) => fields[name] !== "");
  return (
    <Form action="/incidents" className="space-y-4 px-4 pb-4">
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 xl:grid-cols-6">
        <Choose label="Service" name="service" {...{ fields, mistakes }} choices={services} />
        <Choose label="Team" name="team" {...{ fields, mistakes }} choices={teams} />
        <Choose label="Severity" name="severity" {...{ fields, mistakes }} choices={SEVERITIES} />
        <Choose label="State" name="state" {...{ fields, mistakes }} choices={STATES} />
        <TextField
          type="date"
          name="from"
          label="First day"
          defaultValue={mistakes.from ? "" : fields.from}
          problem={mistakes.from}
        />
        <TextField
          type="date"
          name="to"
          label="Last day"
          defaultValue={mistakes.to ? "" : fields.to}
          problem={mistakes.to}
        />
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton>Show</SubmitButton>
        {isFiltered && (
          <Link href="/incidents" className="prose-link text-[13px]">
            Clear the filter
          </Link>
        )}
      </div>
    </Form>
  );
}

const SEVERITIES = ["SEV1", "SEV2", "SEV3"] as const;
const STATES = ["open", "resolved"] as const;

interface ChooseProps extends Pick<IncidentsView, "fields" | "mistakes"> {
  readonly label: string;
  readonly name: "service" | "team" | "severity" | "state";
  readonly choices: readonly string[];
}

/** What the address asks for stays chosen, also when there is no such thing. */
function Choose({ label, name, fields, mistakes, choices }: ChooseProps) {
  const chosen = fields[name];
  const isKnown = chosen === "" || choices.includes(chosen);
  return (
    <SelectField label={label} name={name} defaultValue={chosen} problem={mistakes[name]}>
      <option value="">All</option>
      {!isKnown && <option>{chosen}</option>}
      {choices.map((choice) => (
        <option key={choice}>{choice}</option>
      ))}
    </SelectField>
  );
}
