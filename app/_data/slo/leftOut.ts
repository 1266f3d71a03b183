import type { LeftOut, OutsideAlertView } from "#components/slo/alert/view.ts";
import type { ApartLine } from "#components/slo/apart/view.ts";
import { overFirings } from "#lib/alerts/covered.ts";
import { apartTitle } from "#lib/charts/apart.ts";
import { burnOf } from "#lib/slo/burn.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import type { BurnWindow } from "#lib/slo/tiers.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

interface LatelyAsk extends Omit<LeftOutAsk, "firings" | "over"> {
  readonly ours: LeftOutAsk["firings"];
  readonly outside: readonly OutsideAlertView[];
}

/** What is left out of what fired in the last day, ours or from outside. */
export function leftOutLately({ ours, outside, ...ask }: LatelyAsk): LeftOut | null {
  const theirs = outside.map(({ startsAt, endsAt }) => ({ startedAt: startsAt, endedAt: endsAt }));
  const firings = [...ours, ...theirs].filter(
    ({ endedAt }) => (endedAt ?? ask.end) > ask.end - DAY,
  );
  return leftOutOf({ ...ask, firings, over: { label: "1h", ms: HOUR } });
}

interface LeftOutAsk {
  readonly apart: readonly ApartLine[];
  /** Epoch ms; null while it fires. */
  readonly firings: readonly { readonly startedAt: number; readonly endedAt: number | null }[];
  /** Exclusive end of what is known, epoch ms. */
  readonly end: number;
  readonly objective: number;
  /** With nothing left out. */
  readonly measured: readonly TotalsRow[];
  readonly over: BurnWindow;
}

/** What is left out of firings, and how it would burn if it counted; null when nothing is. */
export function leftOutOf(ask: LeftOutAsk): LeftOut | null {
  const { end, over } = ask;
  const out = ask.apart.filter(({ excluded, planned }) => excluded && !planned);
  const firings = ask.firings.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt }));
  const windows = overFirings(out, firings, end);
  if (windows.length === 0) return null;
  return {
    windows: windows.map((line) => ({
      ...{ id: line.id, title: apartTitle(line), from: line.from, to: line.to, by: line.by },
    })),
    window: over.label,
    burn: burnOf(countsOf(ask.measured, end, over.ms), over.ms, budgetOf(ask.objective)),
  };
}
