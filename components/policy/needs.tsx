import type { NeedCount } from "#components/policy/view.ts";
import { findingWords, NEED_HINT, NEED_WORD } from "#components/policy/words.ts";
import { Section } from "#components/ui/card.tsx";

/** What was needed how often: the same need of many teams is a finding about the policy. */
export function Needs({ needs }: { needs: readonly NeedCount[] }) {
  return (
    <Section title="What they were needed for">
      <ul>
        {needs.map((each) => (
          <Need key={each.need} {...each} />
        ))}
      </ul>
    </Section>
  );
}

function Need({ need, asked, teams }: NeedCount) {
  const finding = findingWords({ need, teams });
  return (
    <li className="grid gap-x-5 gap-y-0.5 border-t border-line px-4 py-2.5 text-[13px] sm:grid-cols-[9rem_4rem_minmax(0,1fr)]">
      <span>
        <b className="font-[580]">{NEED_WORD[need]}</b>
        <span className="block text-small text-ink-3">{NEED_HINT[need]}</span>
      </span>
      <span className="tabular-nums sm:text-right">
        {asked}
        <span className="sm:sr-only"> asked</span>
      </span>
      <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">
        {finding !== null && <b className="block font-[580] text-risk">{finding}</b>}
        {teams.join(", ")}
      </span>
    </li>
  );
}
