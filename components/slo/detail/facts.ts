import type { SloHead } from "#components/slo/detail/view.ts";
import type { NumberId } from "#lib/explain/explanation.ts";
import { count, leftPercent, precisePercent, times } from "#lib/format/numbers.ts";
import { presentWindow } from "#lib/format/windows.ts";
import { lastWords, paceWindow } from "#lib/slo/pace.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import { DAY } from "#lib/time/duration.ts";

/** One number of the facts row. `value` and `note` hold text, or a time that the page spells. */
export interface Fact {
  readonly name: string;
  readonly explain: NumberId | null;
  readonly value: string | { readonly time: number };
  readonly note: FactNote;
  /** Draws the eye: something to act on. */
  readonly alarming?: boolean;
  /** What was known last, while the present is not known. */
  readonly old?: boolean;
}

export type FactNote =
  | { readonly text: string }
  | { readonly text: string; readonly time: number }
  | { readonly text: string; readonly age: number };

/** The six numbers under the verdict, each with its unit and window. */
export function factsOf({ status, detail, definition }: SloHead): Fact[] {
  if (!status || !detail) return [];
  return [
    budgetFact(status, detail),
    sliFact(status, definition.windowMs),
    burnFact("1h", status, detail),
    burnFact("6h", status, detail),
    turnFact(status, lastWords(paceWindow(detail).label)),
    dataFact(status),
  ];
}

function budgetFact(status: SloStatus, detail: SloDetail): Fact {
  const { remaining } = status;
  return {
    name: `Budget left, ${presentWindow(status.window)}`,
    explain: "remaining",
    value: remaining === null ? "not known" : leftPercent(remaining),
    note: { text: amountLeft(detail, status.window) },
    alarming: remaining !== null && remaining <= 0 && status.state !== "unknown",
    old: status.state === "unknown",
  };
}

/** "−4,212 of 16,080 events", or minutes. */
function amountLeft({ budgetTotal, bad, unit }: SloDetail, window: string): string {
  if (budgetTotal === null) return `nothing counted in ${presentWindow(window)}`;
  const whole = (value: number) => count(Math.round(value));
  return `${whole(budgetTotal - bad)} of ${whole(budgetTotal)} ${unit}`;
}

function sliFact(status: SloStatus, windowMs: number): Fact {
  const days = windowMs / DAY;
  const known = Math.min(status.historyDays, days);
  const partial = known < days * 0.995;
  const history = partial
    ? `history ${count(Math.floor(known * 10) / 10)} of ${count(days)} d`
    : null;
  const coverage = `coverage ${precisePercent(Math.floor(status.coverage * 1000) / 1000)}`;
  return {
    name: `SLI, ${presentWindow(status.window)}`,
    explain: "sli",
    value: status.sli === null ? "no traffic" : precisePercent(status.sli),
    note: { text: [coverage, history].filter(Boolean).join(", ") },
    old: status.state === "unknown",
  };
}

function burnFact(window: string, { burn }: SloStatus, { tiers }: SloDetail): Fact {
  const rate = burn[window] ?? null;
  const tier = tiers.find((t) => t.long === window);
  return {
    name: `Burn rate, ${window}`,
    explain: `burn-${window}`,
    value: rate === null ? "not known" : times(rate),
    note: { text: tierNote(tier) },
    alarming: tier?.state === "firing",
  };
}

function tierNote(tier: SloDetail["tiers"][number] | undefined): string {
  if (!tier) return "of the even pace";
  if (tier.state === "never") return `${tier.tier} can never fire`;
  if (tier.state === "held") return `${tier.tier} is held: data is missing`;
  return tier.state === "firing"
    ? `${tier.tier} fires (above ${times(tier.factor)})`
    : `${tier.tier} fires above ${times(tier.factor)}`;
}

/** When it runs out or is well again: whichever lies ahead. */
function turnFact(status: SloStatus, last: string): Fact {
  const { exhaustsAt, exhaustedSince, recoversAt, state, window } = status;
  if (recoversAt || exhaustedSince) {
    return {
      name: "Recovers, if clean",
      explain: "recovers",
      value: recoversAt ? { time: Date.parse(recoversAt) } : "not known",
      note: exhaustedSince
        ? { text: "spent since ", time: Date.parse(exhaustedSince) }
        : { text: "" },
      alarming: true,
    };
  }
  if (exhaustsAt) {
    const note = { text: `at the pace of the last ${last}` };
    return {
      name: "Runs out",
      explain: "exhausts",
      value: { time: Date.parse(exhaustsAt) },
      note,
      alarming: true,
    };
  }
  return {
    name: "Runs out",
    explain: "exhausts",
    value: state === "unknown" ? "not known" : "not in sight",
    note: {
      text:
        state === "unknown"
          ? "the numbers are unknown"
          : `${reach(window)} at the pace of the last ${last}`,
    },
  };
}

/** A budget of the calendar begins anew when its period ends. */
function reach(window: string): string {
  const words = presentWindow(window);
  return words === window ? `not within ${window}` : `not before ${words} ends,`;
}

function dataFact({ watermark }: SloStatus): Fact {
  if (!watermark)
    return { name: "Data through", explain: "coverage", value: "none yet", note: { text: "" } };
  const at = Date.parse(watermark);
  return {
    name: "Data through",
    explain: "coverage",
    value: { time: at },
    note: { text: "", age: at },
  };
}
