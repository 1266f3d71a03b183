import { type ComponentProps, useId } from "react";
import { INPUT } from "#components/ui/field.tsx";

interface TextAreaProps extends Omit<ComponentProps<"textarea">, "id"> {
  readonly label: string;
  /** What to write, under the label. */
  readonly hint?: string;
  readonly problem?: string | undefined;
}

/** Several lines of text with their label. */
export function TextArea({ label, hint, problem, ...area }: TextAreaProps) {
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
      <textarea
        id={id}
        maxLength={8000}
        aria-invalid={problem !== undefined}
        aria-describedby={described}
        className={`mt-1 block ${INPUT}`}
        {...area}
      />
      {problem && (
        <p id={`${id}-problem`} className="mt-1 text-small text-out">
          {problem}
        </p>
      )}
    </div>
  );
}
