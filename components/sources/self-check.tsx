import { STATE_INK, StateShape } from "#components/slo/state-mark.tsx";
import type { SourceView } from "#components/sources/view.ts";
import { adviceFor, sourceMark } from "#components/sources/words.ts";
import { Card } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";

/** The check of ourselves: an SLI whose numbers are known by arithmetic, stored and read like any other. */
export function SelfCheck({ check }: { check: SourceView }) {
  const { mark, word } = sourceMark(check, check.lastAttemptAt ?? 0);
  const advice = adviceFor(check);
  return (
    <Card>
      <section aria-label="Our own check" className="px-4 py-3.5">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h2 className="text-[15px]">Our own check</h2>
          <span className={`inline-flex items-center gap-[7px] font-[540] ${STATE_INK[mark]}`}>
            <StateShape state={mark} />
            {word}
          </span>
          {check.lastAttemptAt !== null && (
            <span className="ml-auto text-small text-ink-3">
              checked <Time at={check.lastAttemptAt} show="relative" />
            </span>
          )}
        </div>
        <p className="mt-1 max-w-[90ch] text-[13px] text-ink-2">
          {check.error ??
            "A synthetic SLI, whose burn rates are known by arithmetic, is written each minute and read back by the code that counts every SLO. The two agree."}
        </p>
        {advice && <p className="mt-1 text-[13px] text-ink-2">{advice}</p>}
      </section>
    </Card>
  );
}
