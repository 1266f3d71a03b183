import type { ComponentProps } from "react";

const LOOK =
  "inline-flex items-center gap-1.5 rounded-[7px] border px-3 py-1.5 text-[13px] font-[560] text-surface hover:opacity-90 disabled:opacity-50";

const TONES = {
  plain: "border-accent bg-accent",
  danger: "border-out bg-out",
} as const;

interface SubmitButtonProps extends ComponentProps<"button"> {
  readonly tone?: keyof typeof TONES;
}

/** The one button of a form that does it. `danger` for what takes something away. */
export function SubmitButton({ tone = "plain", className = "", ...props }: SubmitButtonProps) {
  return <button type="submit" className={`${LOOK} ${TONES[tone]} ${className}`} {...props} />;
}
