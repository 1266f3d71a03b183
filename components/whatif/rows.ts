import type { Compared } from "#components/whatif/view.ts";
import {
  alertsOf,
  definitionWords,
  historyWords,
  spentWords,
  timeWords,
} from "#components/whatif/words.ts";
import { count } from "#lib/format/numbers.ts";
import type { Side } from "#lib/whatif/side.ts";

/** One figure of both definitions side by side. */
export interface ComparedRow {
  readonly name: string;
  /** What it counts, under the name. */
  readonly note?: string;
  readonly present: string;
  /** Null = nothing can be said of it. */
  readonly asked: string | null;
}

/** Every figure that is compared, in the order in which people ask. */
export function comparedRows(
  { present, asked }: Pick<Compared, "present" | "asked">,
  unit: string,
): ComparedRow[] {
  const row = (name: string, of: (side: Side) => string, note?: string): ComparedRow => ({
    name,
    ...(note ? { note } : {}),
    present: of(present),
    asked: asked && of(asked),
  });
  return [
    row("Promise", definitionWords),
    row("History", historyWords, "known of what the window needs"),
    row("Budget", (side) => amountWords(side.now.budgetTotal, unit), "may fail in a window"),
    row("Spent", spentWords, "of the budget, now"),
    row("Policy state", ({ now }) => `${now.policyState}${now.held ? " (held)" : ""}`, "now"),
    row("Alerts", (side) => count(alertsOf(side)), "that would have fired"),
    ...present.tiers.map((tier) => tierRow(tier, { present, asked })),
    row("Blocked", ({ blockedMs }) => timeWords(blockedMs), "the time in which nothing may ship"),
    row("Deployments", ({ blockedCount }) => count(blockedCount), "that a block would have met"),
  ];
}

function amountWords(budgetTotal: number | null, unit: string): string {
  return budgetTotal === null ? "not known" : `${count(budgetTotal)} ${unit}`;
}

function tierRow(
  { tier, long, short }: Side["tiers"][number],
  { present, asked }: { readonly present: Side; readonly asked: Side | null },
): ComparedRow {
  return {
    name: tier,
    note: `over ${long} and ${short}`,
    present: tallyWords(present, tier),
    asked: asked && tallyWords(asked, tier),
  };
}

function tallyWords({ tiers }: Side, name: string): string {
  const tier = tiers.find((each) => each.tier === name);
  if (!tier || tier.off) return "switched off";
  return tier.reachable ? count(tier.count) : "can never fire";
}
