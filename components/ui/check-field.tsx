import type { ComponentProps, ReactNode } from "react";

interface CheckFieldProps extends Omit<ComponentProps<"input">, "type"> {
  readonly label: string;
  /** What it means, beside the label. */
  readonly hint?: ReactNode;
}

/** A box to tick, or with `name` several of one list. The whole line can be clicked. */
export function CheckField({ label, hint, ...input }: CheckFieldProps) {
  return (
    <label className="flex cursor-pointer items-start gap-2.5 py-1 text-[13px]">
      <input type="checkbox" className="mt-0.5 size-4 flex-none accent-accent" {...input} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {label}
        {hint && <span className="block text-small text-ink-3">{hint}</span>}
      </span>
    </label>
  );
}

interface CheckGroupProps {
  readonly legend: string;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly children: ReactNode;
}

/** Boxes that belong together. */
export function CheckGroup({ legend, hint, problem, children }: CheckGroupProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="text-[13px] font-[560]">{legend}</legend>
      {hint && <p className="text-small text-ink-3">{hint}</p>}
      <div className="mt-1 grid gap-x-6 sm:grid-cols-2">{children}</div>
      {problem && <p className="mt-1 text-small text-out">{problem}</p>}
    </fieldset>
  );
}
