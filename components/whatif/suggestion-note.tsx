import { Button } from "#components/ui/button.tsx";
import { precisePercent } from "#lib/format/numbers.ts";
import type { Suggestion } from "#lib/whatif/suggestion.ts";
import { suggestionReason } from "#lib/whatif/suggestionWords.ts";

interface SuggestionNoteProps {
  readonly suggestion: Suggestion;
  /** The objective that is shown now. */
  readonly shown: number | null;
  readonly onTry: (objective: string) => void;
}

/** The objective that the past would have kept and why; one click tries it. */
export function SuggestionNote({ suggestion, shown, onTry }: SuggestionNoteProps) {
  const objective = suggestion.kind === "objective" ? suggestion.objective : null;
  return (
    <section
      aria-label="Suggested objective"
      className="border-t border-line px-4 py-3 text-[13px]"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <h2 className="text-[13px]">
          {objective === null
            ? "No objective can be suggested"
            : `Suggested from history: ${precisePercent(objective)}`}
        </h2>
        {objective !== null && (
          <Button
            aria-pressed={shown === objective}
            onClick={() => onTry(String(objective))}
          >{`Try ${precisePercent(objective)}`}</Button>
        )}
      </div>
      <p className="mt-1 max-w-[90ch] text-ink-2">{suggestionReason(suggestion)}</p>
    </section>
  );
}
