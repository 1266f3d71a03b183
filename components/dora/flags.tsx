import { FLAG_MEANING, FLAG_WORD } from "#components/dora/words.ts";
import type { Flag } from "#lib/dora/metric.ts";

/** What to know before trusting a number, in a few words each. */
export function Flags({ flags }: { flags: readonly Flag[] }) {
  const said = flags.filter((flag) => FLAG_WORD[flag] !== undefined);
  if (said.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {said.map((flag) => (
        <li
          key={flag}
          title={FLAG_MEANING[flag]}
          className="rounded-[5px] border border-line-2 px-1.5 text-small text-ink-2"
        >
          {FLAG_WORD[flag]}
        </li>
      ))}
    </ul>
  );
}
