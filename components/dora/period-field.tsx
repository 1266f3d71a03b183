import { monthName } from "#components/dora/month-name.ts";
import { SelectField } from "#components/ui/field.tsx";

interface PeriodFieldProps {
  readonly months: readonly string[];
  readonly chosen: string;
  readonly problem: string | undefined;
}

/** The last days, a month, or from one day to another. */
export function PeriodField({ months, chosen, problem }: PeriodFieldProps) {
  const isOlder = /^\d{4}-\d{2}$/.test(chosen) && !months.includes(chosen);
  return (
    <SelectField name="period" label="Period" defaultValue={chosen} problem={problem}>
      <option value="30d">Last 30 days</option>
      <option value="90d">Last 90 days</option>
      <option value="180d">Last 180 days</option>
      <option value="days">First to last day</option>
      {isOlder && <option value={chosen}>{monthName(chosen)}</option>}
      {months.map((month) => (
        <option key={month} value={month}>
          {monthName(month)}
        </option>
      ))}
    </SelectField>
  );
}
