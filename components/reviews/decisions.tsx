import Link from "next/link";
import { timeIn } from "#components/dora/time-in.ts";
import { decisionLines, gateSentence } from "#components/reviews/decisionWords.ts";
import type { ReviewNumbers } from "#components/reviews/view.ts";
import { Section } from "#components/ui/card.tsx";

/** Exceptions, what is owed, and what the gate held up in the month. */
export function Exceptions({ numbers: { decisions, zone } }: { numbers: ReviewNumbers }) {
  const lines = decisionLines(decisions);
  const gate = gateSentence(decisions);
  if (lines.length === 0 && gate === "") return null;
  return (
    <Section title="Exceptions, owed items and the gate">
      <ol className="text-[13px]">
        {lines.map(({ at, text, href }) => (
          <li
            key={`${at} ${text}`}
            className="grid break-inside-avoid gap-x-5 border-t border-line px-4 py-2 sm:grid-cols-[9rem_minmax(0,1fr)]"
          >
            <span className="text-ink-3">{timeIn(at, zone)}</span>
            <Link href={href} prefetch={false} className="prose-link [overflow-wrap:anywhere]">
              {text}
            </Link>
          </li>
        ))}
      </ol>
      {gate !== "" && <p className="border-t border-line px-4 py-2.5 text-[13px]">{gate}</p>}
    </Section>
  );
}
