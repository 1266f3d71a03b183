import { Ban, Check, Clock, Hourglass, Undo2 } from "lucide-react";
import type { ExceptionLine } from "#components/policy/view.ts";
import { expiresSoon, STATE_WORD } from "#components/policy/words.ts";
import type { ExceptionState } from "#lib/policy/exception.ts";

const SHAPE: Readonly<Record<ExceptionState, typeof Check>> = {
  asked: Hourglass,
  "in-force": Check,
  rejected: Ban,
  withdrawn: Undo2,
  revoked: Ban,
  expired: Clock,
};

interface ExceptionMarkProps {
  readonly line: ExceptionLine;
  readonly now: number;
}

/** Where an exception stands: shape, word, and colour only where a person is needed. */
export function ExceptionMark({ line, now }: ExceptionMarkProps) {
  const { state } = line;
  const Shape = SHAPE[state];
  const soon = expiresSoon(line, now);
  const tone = state === "asked" || soon ? "font-[560] text-risk" : "text-ink-2";
  return (
    <span className={`inline-flex items-center gap-1.5 ${tone}`}>
      <Shape size={14} strokeWidth={2} aria-hidden />
      {STATE_WORD[state]}
      {soon && ", ends soon"}
    </span>
  );
}
