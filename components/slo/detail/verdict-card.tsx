import type { ReactNode } from "react";
import { BudgetGauge } from "#components/slo/budget-gauge.tsx";
import { type Piece, verdictOf } from "#components/slo/detail/verdict.ts";
import type { SloHead } from "#components/slo/detail/view.ts";
import { STATE_FILL, StateMark } from "#components/slo/state-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SloState } from "#lib/slo/status.ts";

/** The answer to “how is it, since when, what must we do, when is it well again”, before any number. */
export function VerdictCard({ head }: { head: SloHead }) {
  const { status, detail } = head;
  const retired = head.retiredAt !== null;
  const state = retired ? "unknown" : (status?.state ?? "unknown");
  return (
    <section
      aria-label="Verdict"
      className="grid gap-x-6 gap-y-2.5 rounded-[10px] border border-line px-4 py-3.5 shadow-[var(--shadow)] md:grid-cols-[auto_1fr_auto] md:items-center"
      style={{ background: tint(state) }}
    >
      <div className="text-[15px]">
        {retired ? <span className="text-ink-3">Retired</span> : <StateMark state={state} />}
      </div>
      <p className="max-w-[92ch] text-[14.5px] leading-relaxed text-pretty">
        {verdictOf(head).map((piece) => (
          <PieceText key={"text" in piece ? piece.text : piece.time} piece={piece} />
        ))}
      </p>
      <div className="hidden md:block">
        <BudgetGauge
          remaining={status?.remaining ?? null}
          state={state}
          thresholds={(detail?.thresholds ?? []).map((t) => t.at)}
          width={190}
        />
      </div>
    </section>
  );
}

/** Colour is kept for what needs a person. */
function tint(state: SloState): string {
  if (state === "healthy" || state === "unknown") return "var(--surface)";
  return `color-mix(in srgb, ${STATE_FILL[state]} 8%, var(--surface))`;
}

function PieceText({ piece }: { piece: Piece }): ReactNode {
  const content =
    "text" in piece ? piece.text : <Time at={piece.time} show={piece.show ?? "absolute"} />;
  return piece.strong ? <b className="font-semibold">{content}</b> : content;
}
