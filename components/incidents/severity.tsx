import type { Severity } from "#lib/dora/facts.ts";

const LOOK: Readonly<Record<Severity, string>> = {
  SEV1: "border-out-fill/60 bg-out-fill/12 text-out",
  SEV2: "border-risk-fill/60 bg-risk-fill/12 text-risk",
  SEV3: "border-line-2 text-ink-2",
};

const MEANING: Readonly<Record<Severity, string>> = {
  SEV1: "severity 1, the worst",
  SEV2: "severity 2",
  SEV3: "severity 3, the mildest",
};

/** How bad an incident is: by its word, and by colour where it needs a person. */
export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <span
      title={MEANING[severity]}
      className={`inline-block rounded-[5px] border px-1.5 text-small font-[560] whitespace-nowrap ${LOOK[severity]}`}
    >
      {severity}
    </span>
  );
}
