import { type ComponentProps, type ReactNode, useId } from "react";

interface FieldProps {
  readonly label: string;
  /** What to write, under the label. */
  readonly hint?: ReactNode;
  /** What is wrong with what was written, and what to do. */
  readonly problem?: string | undefined;
}

interface Described {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

export const INPUT =
  "w-full rounded-[7px] border border-line-2 bg-surface px-2.5 py-1.5 text-[13px] text-ink placeholder:text-ink-3 aria-invalid:border-out disabled:opacity-60";

/** A line of text with its label; the problem is read out with it. */
export function TextField({
  label,
  hint,
  problem,
  ...input
}: FieldProps & Omit<ComponentProps<"input">, "id">) {
  return (
    <Labelled label={label} hint={hint} problem={problem}>
      {(described) => <input spellCheck={false} className={INPUT} {...input} {...described} />}
    </Labelled>
  );
}

/** A choice of one, with its label. */
export function SelectField({
  label,
  hint,
  problem,
  ...select
}: FieldProps & Omit<ComponentProps<"select">, "id">) {
  return (
    <Labelled label={label} hint={hint} problem={problem}>
      {(described) => <select className={INPUT} {...select} {...described} />}
    </Labelled>
  );
}

/** Several lines of text with their label. */
export function TextArea({
  label,
  hint,
  problem,
  ...area
}: FieldProps & Omit<ComponentProps<"textarea">, "id">) {
  return (
    <Labelled label={label} hint={hint} problem={problem}>
      {(described) => (
        <textarea maxLength={8000} className={`block ${INPUT}`} {...area} {...described} />
      )}
    </Labelled>
  );
}

interface LabelledProps extends FieldProps {
  readonly children: (described: Described) => ReactNode;
}

function Labelled({ label, hint, problem, children }: LabelledProps) {
  const id = useId();
  const notes = [hint ? `${id}-hint` : null, problem ? `${id}-problem` : null];
  const described = notes.filter((note) => note !== null).join(" ") || undefined;
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-[13px] font-[560]">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-small text-ink-3">
          {hint}
        </p>
      )}
      <div className="mt-1">
        {children({ id, "aria-invalid": problem !== undefined, "aria-describedby": described })}
      </div>
      {problem && (
        <p id={`${id}-problem`} className="mt-1 text-small text-out">
          {problem}
        </p>
      )}
    </div>
  );
}
