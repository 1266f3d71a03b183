"use client";

import type { ReactNode } from "react";
import { IncidentShape, ReleaseShape } from "#components/charts/shapes.tsx";
import type { ChartView, TierLine } from "#lib/charts/view.ts";
import type { Words } from "#lib/charts/words.ts";

/** What the lines and marks of a chart mean, beside its title. */

export function BudgetLegend({ view }: { view: ChartView }) {
  const paging = view.alerts.some((a) => a.severity === "page");
  const ticket = view.alerts.some((a) => a.severity === "ticket");
  return (
    <Legend>
      {paging && <Key swatch={<Bar colour="var(--out-fill)" />}>page</Key>}
      {ticket && <Key swatch={<Bar colour="var(--risk-fill)" />}>ticket</Key>}
      {view.outside.length > 0 && <Key swatch={<Hollow />}>rule outside</Key>}
      {view.marks.some(({ kind }) => kind === "deployment") && (
        <Key swatch={<Shape of="deployment" />}>deployment</Key>
      )}
      {view.marks.some(({ kind }) => kind === "incident") && (
        <Key swatch={<Shape of="incident" />}>incident</Key>
      )}
      {view.apart.some(({ excluded }) => excluded) && (
        <Key swatch={<Band excluded />}>left out</Key>
      )}
      {view.apart.some(({ excluded }) => !excluded) && (
        <Key swatch={<Band excluded={false} />}>experiment, counted</Key>
      )}
      {view.gaps.length > 0 && <Key swatch={<Hatch />}>no data</Key>}
      {view.historyFrom !== null && <Key swatch={<Box />}>no history yet</Key>}
      {view.projection.length > 0 && (
        <Key swatch={<Dash colour="var(--accent)" dash="2 3" />}>if clean</Key>
      )}
      {view.projection.some((p) => p.pace !== null) && (
        <Key swatch={<Dash colour="var(--out-fill)" dash="5 3" />}>at the pace of 6 h</Key>
      )}
    </Legend>
  );
}

export function SliLegend({ view, words }: { view: ChartView; words: Words }) {
  return (
    <Legend>
      <Key swatch={<Dash colour="var(--accent)" />}>each {words.span(view.stepMs)}</Key>
      <Key swatch={<Dash colour="var(--accent)" faint />}>worst moment in it</Key>
      <Key swatch={<Dash colour="var(--ink)" />}>objective</Key>
      <span>scale of nines</span>
    </Legend>
  );
}

export function EventsLegend({ view, words }: { view: ChartView; words: Words }) {
  return (
    <Legend>
      <Key swatch={<Bar colour="var(--out-fill)" />}>bad</Key>
      <Key swatch={<Bar colour="var(--ink-3)" />}>all</Key>
      <span>per {words.span(view.stepMs)}</span>
    </Legend>
  );
}

interface TierSwitchProps {
  readonly tiers: readonly TierLine[];
  readonly tier: string;
  readonly onChoose: (tier: string) => void;
}

/** Which tier's two windows are drawn. */
export function TierSwitch({ tiers, tier, onChoose }: TierSwitchProps) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-1 gap-y-1">
      <legend className="sr-only">Windows of the burn rate</legend>
      {tiers.map(({ tier: name, long, short }) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === tier}
          onClick={() => onChoose(name)}
          className="rounded px-1.5 py-0.5 whitespace-nowrap text-ink-2 hover:text-ink aria-pressed:bg-accent/12 aria-pressed:text-ink"
        >
          {`${name} ${long}, ${short}`}
        </button>
      ))}
    </fieldset>
  );
}

function Legend({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-x-3.5 gap-y-1">{children}</div>;
}

function Key({ swatch, children }: { swatch: ReactNode; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      {swatch}
      {children}
    </span>
  );
}

function Bar({ colour }: { colour: string }) {
  return (
    <span aria-hidden="true" className="h-[5px] w-3 rounded-[1px]" style={{ background: colour }} />
  );
}

function Hollow() {
  return <span aria-hidden="true" className="h-[6px] w-3 rounded-[1px] border border-out-fill" />;
}

function Dash({ colour, dash, faint = false }: { colour: string; dash?: string; faint?: boolean }) {
  return (
    <svg width="18" height="4" aria-hidden="true">
      <line
        x2="18"
        y1="2"
        y2="2"
        stroke={colour}
        strokeWidth={faint ? 1 : 2}
        strokeDasharray={dash}
        opacity={faint ? 0.5 : 1}
      />
    </svg>
  );
}

function Shape({ of }: { of: "deployment" | "incident" }) {
  return (
    <svg width="11" height="11" viewBox="-5.5 -5.5 11 11" aria-hidden="true">
      {of === "deployment" ? <ReleaseShape failed={false} /> : <IncidentShape />}
    </svg>
  );
}

function Hatch() {
  const stripes = "repeating-linear-gradient(135deg, var(--unknown) 0 1px, transparent 1px 4px)";
  return (
    <span
      aria-hidden="true"
      className="h-2.5 w-3.5 border border-line-2"
      style={{ background: stripes }}
    />
  );
}

function Band({ excluded }: { excluded: boolean }) {
  const look = excluded ? "bg-watch-fill/24" : "border-dashed bg-watch-fill/8";
  return <span aria-hidden="true" className={`h-2.5 w-3.5 border border-watch/70 ${look}`} />;
}

function Box() {
  return <span aria-hidden="true" className="h-2.5 w-3.5 border border-line-2 bg-ink/4" />;
}
