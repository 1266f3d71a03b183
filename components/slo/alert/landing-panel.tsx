import { BookOpen } from "lucide-react";
import type { ReactNode } from "react";
import { BurnRow } from "#components/slo/alert/burn-row.tsx";
import { BurnTrace } from "#components/slo/alert/burn-trace.tsx";
import { FiresNow } from "#components/slo/alert/fires-now.tsx";
import { LandingActions } from "#components/slo/alert/landing-actions.tsx";
import { LandingFacts } from "#components/slo/alert/landing-facts.tsx";
import { LeftOutLine } from "#components/slo/alert/left-out-line.tsx";
import type { AlertLanding, LandingGate } from "#components/slo/alert/view.ts";
import { Time } from "#components/ui/time.tsx";
import type { ChartView } from "#lib/charts/view.ts";
import { span } from "#lib/format/numbers.ts";

interface LandingPanelProps {
  readonly landing: AlertLanding;
  readonly chart: ChartView | null;
  /** Until when anything is known, epoch ms. */
  readonly until: number;
  readonly gate: LandingGate | null;
  /** The reader may open incidents and ask for exceptions. */
  readonly mayEdit: boolean;
  /** Leads to the numbers with everything counted. */
  readonly countAll: ReactNode;
}

/** For who was called: what burns, since when, how fast, what was shipped before, and what to do. */
export function LandingPanel({ landing, chart, until, ...rest }: LandingPanelProps) {
  const { tier, before, now, firesNow, leftOut } = landing;
  return (
    <section
      aria-label="Alert"
      className="rounded-[10px] border border-line bg-surface px-3.5 py-3 shadow-[var(--shadow)]"
      style={{ borderLeft: `4px solid ${edge(landing)}` }}
    >
      {firesNow && <FiresNow fires={firesNow} />}
      {leftOut && (
        <div className="mb-1.5">
          <LeftOutLine leftOut={leftOut} link={rest.countAll} />
        </div>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <h2 className="text-[15px] break-words">
            {landing.name}
            {tier && tier.tier !== landing.name && (
              <span className="font-normal text-ink-3"> {tier.tier}</span>
            )}
          </h2>
          <p className="text-[13px]">
            <When landing={landing} until={until} />
          </p>
        </div>
        {landing.runbook !== null && (
          <a
            href={landing.runbook}
            className="inline-flex items-center gap-1.5 rounded-[7px] border border-accent px-2.5 py-1 text-[13px] font-medium text-accent"
          >
            <BookOpen size={14} aria-hidden="true" />
            Runbook
          </a>
        )}
      </div>
      <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-2 lg:grid-cols-[repeat(2,minmax(0,1fr))]">
        <div className="min-w-0">
          {tier && (
            <dl className="grid gap-1">
              <BurnRow
                window={tier.long}
                factor={tier.factor}
                before={before?.long ?? null}
                now={now?.long ?? null}
              />
              <BurnRow
                window={tier.short}
                factor={tier.factor}
                before={before?.short ?? null}
                now={now?.short ?? null}
              />
            </dl>
          )}
          {tier && chart && <BurnTrace tier={tier} chart={chart} landing={landing} />}
        </div>
        <LandingFacts landing={landing} />
      </div>
      <LandingActions landing={landing} gate={rest.gate} mayEdit={rest.mayEdit} />
    </section>
  );
}

/** Colour is kept for what needs a person now. */
function edge({ tier, startedAt, endedAt, firesNow }: AlertLanding): string {
  if (firesNow?.severity === "page") return "var(--out-fill)";
  if (startedAt === null || endedAt !== null) return "var(--line-2)";
  return tier?.severity === "ticket" ? "var(--risk-fill)" : "var(--out-fill)";
}

function When({ landing, until }: { landing: AlertLanding; until: number }) {
  const { startedAt, endedAt, difference } = landing;
  if (startedAt === null) {
    return (
      <span className="text-ink-3">
        No firing is recorded at this time, neither of ours nor of a rule outside. This is how the
        budget burnt then.
      </span>
    );
  }
  return (
    <>
      <b className="font-semibold">
        {endedAt === null ? "Burns since " : "Burnt from "}
        <Time at={startedAt} />
        {endedAt !== null && (
          <>
            {" to "}
            <Time at={endedAt} />
          </>
        )}
      </b>
      {`, ${span(Math.max(0, (endedAt ?? until) - startedAt))}`}
      {endedAt === null ? " so far." : "; over."}
      {difference !== null && <span className="text-ink-3"> {difference}</span>}
    </>
  );
}
