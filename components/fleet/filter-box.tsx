"use client";

import { useId } from "react";

interface FilterBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What of it cannot be understood. */
  readonly problems: readonly string[];
}

/** Facets and words in one line. */
export function FilterBox({ value, onChange, problems }: FilterBoxProps) {
  const id = useId();
  return (
    <div className="min-w-[220px] max-w-[440px] flex-1">
      <input
        type="search"
        data-filter-box
        aria-label="Filter"
        aria-invalid={problems.length > 0}
        aria-describedby={problems.length > 0 ? id : undefined}
        placeholder="Filter: team:shop state:exhausted"
        value={value}
        maxLength={500}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        className="w-full rounded-[7px] border border-line-2 bg-surface px-2.5 py-1.5 text-[13px] text-ink placeholder:text-ink-3 aria-invalid:border-risk"
      />
      {problems.length > 0 ? (
        <p id={id} role="status" className="mt-1 text-small text-risk">
          {problems.join(" ")}
        </p>
      ) : null}
    </div>
  );
}
