"use client";

import { GROUPINGS, type Grouping } from "#lib/fleet/group.ts";

interface GroupChoiceProps {
  readonly value: Grouping | null;
  readonly onChange: (value: Grouping | null) => void;
}

/** By what the rows are grouped. */
export function GroupChoice({ value, onChange }: GroupChoiceProps) {
  return (
    <label className="flex items-center gap-1.5 rounded-[7px] border border-line-2 bg-surface py-1 pr-1 pl-2.5 text-[13px] text-ink-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      Group
      <select
        value={value ?? "none"}
        onChange={({ target }) => onChange(GROUPINGS.find((by) => by === target.value) ?? null)}
        className="rounded-[5px] bg-surface py-0.5 text-ink outline-none"
      >
        <option value="none">none</option>
        {GROUPINGS.map((by) => (
          <option key={by} value={by}>
            {by}
          </option>
        ))}
      </select>
    </label>
  );
}
