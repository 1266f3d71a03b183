import { FLAG_MEANING, flagWords } from "#components/dora/words.ts";
import type { Metric } from "#lib/dora/metric.ts";

interface FlagsProps {
  readonly metric: Pick<Metric, "flags" | "known">;
  /** In which times are told. */
  readonly zone: string;
}

/** What to know before trusting a number, in a few words each. */
export function Flags({ metric: { flags, known }, zone }: FlagsProps) {
  const said = flags.flatMap((flag) => {
    const words = flagWords(flag, { known, zone });
    return words === null ? [] : [{ flag, words }];
  });
  if (said.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {said.map(({ flag, words }) => (
        <li
          key={flag}
          title={FLAG_MEANING[flag]}
          className="rounded-[5px] border border-line-2 px-1.5 text-small text-ink-2"
        >
          {words}
        </li>
      ))}
    </ul>
  );
}
