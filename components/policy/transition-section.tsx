import { TransitionList } from "#components/policy/transition-list.tsx";
import type { TransitionLine } from "#components/policy/view.ts";
import { Section } from "#components/ui/card.tsx";

/** The newest changes of policy states; or that there were none. */
export function TransitionSection({ lines }: { lines: readonly TransitionLine[] }) {
  return (
    <Section title="Changes of the last 30 days">
      {lines.length > 0 ? (
        <TransitionList lines={lines} />
      ) : (
        <p className="border-t border-line px-4 py-3 text-[13px] text-ink-3">
          No policy state changed.
        </p>
      )}
    </Section>
  );
}
