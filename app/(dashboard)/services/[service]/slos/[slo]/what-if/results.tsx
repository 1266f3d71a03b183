"use client";

import dynamic from "next/dynamic";
import { ChartFrame } from "#components/charts/chart-frame.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { AlertList } from "#components/whatif/alert-list.tsx";
import { BlockedList } from "#components/whatif/blocked-list.tsx";
import { ComparedTable } from "#components/whatif/compared-table.tsx";
import { SpentTable } from "#components/whatif/spent-table.tsx";
import { StateTimes } from "#components/whatif/state-times.tsx";
import type { Compared, WhatIf } from "#components/whatif/view.ts";
import { alertsOf, lineSummary, verdictWords } from "#components/whatif/words.ts";
import { count } from "#lib/format/numbers.ts";
import type { Side } from "#lib/whatif/side.ts";
import { useWords } from "../words.ts";

const SpentPlot = dynamic(() => import("#components/whatif/spent-plot.tsx"), { ssr: false });
const HEIGHT = 260;
const UNCHANGED =
  "Nothing is changed yet: both columns are the present definition. Write another objective, window or thresholds above.";

interface ResultsProps {
  readonly compared: Compared;
  readonly unit: WhatIf["unit"];
  /** Something else than the present definition is asked for. */
  readonly changed: boolean;
}

/** The verdict, both definitions side by side, and what would have happened. */
export function Results({ compared, unit, changed }: ResultsProps) {
  const { present, asked, to } = compared;
  const side = asked ?? present;
  return (
    <>
      {asked && (
        <Card className="px-4 py-3">
          <p aria-live="polite" className="max-w-[100ch] text-[15px] leading-snug">
            {changed ? verdictWords({ ...compared, asked }) : UNCHANGED}
          </p>
        </Card>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Card className="min-w-0 px-4 pt-3 pb-4">
            <SpentChart compared={compared} />
          </Card>
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 md:grid-cols-[repeat(2,minmax(0,1fr))]">
            <Section title="Days in each policy state">
              <div className="px-4 pb-3.5">
                <StateTimes present={present} asked={asked} />
              </div>
            </Section>
            <Section title="Deployments that a block would have met">
              <div className="px-4 pb-3.5">
                <BlockedList side={side} />
              </div>
            </Section>
          </div>
          <Section title="Alerts that would have fired">
            <div className="px-4 pb-3.5">
              <AlertList side={side} until={to} />
              {asked && changed && <PresentAlerts side={present} until={to} />}
            </div>
          </Section>
        </div>
        <Section title="Side by side" className="pb-1">
          <ComparedTable compared={compared} unit={unit} />
        </Section>
      </div>
    </>
  );
}

/** Beside what would have fired: what the present definition raises over the same history. */
function PresentAlerts({ side, until }: { side: Side; until: number }) {
  return (
    <details className="mt-3 border-t border-line pt-2 text-[13px]">
      <summary className="cursor-pointer text-ink-2">
        At the present definition: {count(alertsOf(side))}
      </summary>
      <div className="mt-2">
        <AlertList side={side} until={until} />
      </div>
    </details>
  );
}

function SpentChart({ compared }: { compared: Compared }) {
  const words = useWords();
  return (
    <ChartFrame
      title="Budget spent"
      note={<Legend hasAsked={compared.asked !== null} />}
      summary={lineSummary(compared, words)}
      height={HEIGHT}
      plot={<SpentPlot compared={compared} words={words} height={HEIGHT} />}
      table={() => <SpentTable line={compared.line} words={words} />}
    />
  );
}

function Legend({ hasAsked }: { hasAsked: boolean }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-4">
      {hasAsked && <LegendLine dash="none" stroke="var(--accent)" label="as asked" />}
      <LegendLine dash="5 3" stroke="var(--ink-3)" label="at present" />
    </span>
  );
}

function LegendLine(of: { dash: string; stroke: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="22" height="6" aria-hidden="true">
        <line x2="22" y1="3" y2="3" stroke={of.stroke} strokeWidth="2" strokeDasharray={of.dash} />
      </svg>
      {of.label}
    </span>
  );
}
