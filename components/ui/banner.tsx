import type { ReactNode } from "react";

type Tone = "quiet" | "warning" | "bad";

const TONES: Readonly<Record<Tone, string>> = {
  quiet: "border-line bg-surface text-ink-2",
  warning: "border-risk-fill/50 bg-risk-fill/10 text-ink",
  bad: "border-out-fill/50 bg-out-fill/10 text-ink",
};

interface BannerProps {
  readonly tone: Tone;
  readonly children: ReactNode;
}

/** A line above a page's content that concerns all of it. */
export function Banner({ tone, children }: BannerProps) {
  return (
    <div className={`rounded-lg border px-3.5 py-2 text-[13px] ${TONES[tone]}`}>{children}</div>
  );
}
