import Link from "next/link";
import { ExceptionList } from "#components/policy/exception-list.tsx";
import type { ExceptionLine } from "#components/policy/view.ts";
import { Section } from "#components/ui/card.tsx";

interface ExceptionsSectionProps {
  readonly view: {
    readonly asked: readonly ExceptionLine[];
    readonly inForce: readonly ExceptionLine[];
    readonly readAt: number;
  };
  /** Where all of them are. */
  readonly all: string;
}

/** Exceptions that wait for a decision, then those in force, the next to end first. */
export function ExceptionsSection({ view, all }: ExceptionsSectionProps) {
  const lines = [...view.asked, ...view.inForce];
  return (
    <Section
      title="Exceptions"
      aside={
        <Link href={all} className="prose-link text-small text-ink-2">
          All of this quarter
        </Link>
      }
    >
      {lines.length > 0 ? (
        <ExceptionList lines={lines} now={view.readAt} />
      ) : (
        <p className="border-t border-line px-4 py-3 text-[13px] text-ink-3">
          None waits for a decision, and none is in force.
        </p>
      )}
    </Section>
  );
}
