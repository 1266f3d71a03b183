import Form from "next/form";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { INPUT } from "#components/ui/field.tsx";

interface TeamFilterProps {
  /** The page. */
  readonly action: string;
  readonly team: string;
  readonly teams: readonly string[];
  /** What else the address says. */
  readonly also?: Readonly<Record<string, string>>;
}

/** The team stands in the address; it works without scripts. */
export function TeamFilter({ action, team, teams, also = {} }: TeamFilterProps) {
  const isKnown = team === "" || teams.includes(team);
  return (
    <Form action={action} className="flex flex-wrap items-end gap-2">
      {Object.entries(also).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label className="text-small text-ink-3">
        Team
        <select
          key={team}
          name="team"
          defaultValue={team}
          data-filter-box
          className={`mt-0.5 block max-w-48 ${INPUT}`}
        >
          <option value="">Every team</option>
          {!isKnown && <option>{team}</option>}
          {teams.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <Button type="submit" className="py-1.5">
        Show
      </Button>
      {team !== "" && (
        <Link href={action} className="prose-link py-1.5 text-[13px]">
          Clear
        </Link>
      )}
    </Form>
  );
}
