import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import type { WhatIf } from "#components/whatif/view.ts";
import type { ChangeField } from "#lib/whatif/change.ts";

interface ChangeFormProps {
  readonly about: Pick<WhatIf, "mistakes" | "presentFields" | "changed">;
  /** As typed. */
  readonly fields: Readonly<Record<ChangeField, string>>;
  readonly onChange: (field: ChangeField, text: string) => void;
  readonly onReset: () => void;
}

const USUAL: Readonly<Partial<Record<ChangeField, readonly string[]>>> = {
  objective: ["0.9", "0.95", "0.99", "0.995", "0.999", "0.9995", "0.9999"],
  window: ["7d", "28d", "30d", "90d", "week", "month", "quarter"],
};
const LABELS: readonly (readonly [ChangeField, string, string])[] = [
  ["objective", "Objective", "a ratio or percent"],
  ["window", "Window", "days or a calendar period"],
  ["thresholds", "Policy thresholds", "shares of the budget, one for each step"],
];

/** What can be tried; an empty field is the present definition. */
export function ChangeForm({ about, fields, onChange, onReset }: ChangeFormProps) {
  const id = useId();
  const isEmpty = Object.values(fields).every((text) => text === "");
  return (
    <form
      aria-label="What to try"
      className="grid gap-x-4 gap-y-3 px-4 py-3.5 sm:grid-cols-3"
      onSubmit={(event) => event.preventDefault()}
    >
      {LABELS.map(([field, label, hint]) => (
        <TextField
          key={field}
          label={label}
          name={field}
          hint={`${hint}; now ${about.presentFields[field]}`}
          problem={about.mistakes[field]}
          placeholder={about.presentFields[field]}
          value={fields[field]}
          list={USUAL[field] && `${id}-${field}`}
          autoComplete="off"
          maxLength={200}
          onChange={(event) => onChange(field, event.target.value)}
        />
      ))}
      {Object.entries(USUAL).map(([field, values]) => (
        <datalist key={field} id={`${id}-${field}`}>
          {values.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      ))}
      <div className="sm:col-span-3">
        <Button disabled={isEmpty} onClick={onReset}>
          Back to the present definition
        </Button>
      </div>
    </form>
  );
}
