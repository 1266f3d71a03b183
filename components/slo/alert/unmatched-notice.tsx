import { Banner } from "#components/ui/banner.tsx";
import { readUnmatched, unmatchedWords } from "#lib/alerts/unmatched.ts";

interface UnmatchedNoticeProps {
  /** As the address has it. */
  readonly text: string | null;
  readonly tiers: readonly string[];
  /** What is shown instead: a firing, or the SLO alone. */
  readonly hasFiring: boolean;
}

/** Which parts of an alert's link fit nothing, and what is shown in their place. */
export function UnmatchedNotice({ text, tiers, hasFiring }: UnmatchedNoticeProps) {
  const parts = readUnmatched(text);
  if (parts.length === 0) return null;
  return (
    <Banner tone="warning">
      {parts.map((each) => unmatchedWords(each, tiers)).join(" ")}{" "}
      {hasFiring
        ? "This is the firing that fits the rest of the link."
        : "Nothing that fired fits the rest of the link: this is the SLO without an alert."}
    </Banner>
  );
}
