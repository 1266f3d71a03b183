import { STAGE_WORD } from "#components/dora/words.ts";
import { STAGES, type Stage } from "#lib/dora/stages.ts";
import { span } from "#lib/format/numbers.ts";

/** One hue, stronger towards production; the words beside it say which is which. */
const SHADE: Readonly<Record<Stage, number>> = {
  coding: 0.3,
  pickup: 0.5,
  review: 0.65,
  waiting: 0.82,
  deploying: 1,
};

interface StageBarProps {
  /** Milliseconds in a stage; 0 or null = there was none. */
  readonly lengthOf: (stage: Stage) => number | null;
}

/** A lead time cut into its stages, to scale. The list below says the same in words. */
export function StageBar({ lengthOf }: StageBarProps) {
  const whole = STAGES.reduce((sum, stage) => sum + (lengthOf(stage) ?? 0), 0);
  const had = STAGES.filter((stage) => (lengthOf(stage) ?? 0) > 0);
  return (
    <div>
      <div aria-hidden="true" className="flex h-2.5 gap-px overflow-hidden rounded-[3px]">
        {had.map((stage) => (
          <span
            key={stage}
            className="min-w-px bg-accent"
            style={{ flexGrow: (lengthOf(stage) ?? 0) / whole, opacity: SHADE[stage] }}
          />
        ))}
      </div>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-small text-ink-2">
        {had.map((stage) => (
          <li key={stage} className="flex items-center gap-1.5 whitespace-nowrap">
            <Swatch stage={stage} />
            {STAGE_WORD[stage]} {span(lengthOf(stage) ?? 0)}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Swatch({ stage }: { stage: Stage }) {
  return (
    <span
      aria-hidden="true"
      className="size-2.5 flex-none rounded-[2px] bg-accent"
      style={{ opacity: SHADE[stage] }}
    />
  );
}
