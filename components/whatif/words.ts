import { STATE_WORD } from "#components/slo/state-mark.tsx";
import type { Compared } from "#components/whatif/view.ts";
import type { Words } from "#lib/charts/words.ts";
import { count, percent, precisePercent, span } from "#lib/format/numbers.ts";
import { DAY } from "#lib/time/duration.ts";
import type { Side } from "#lib/whatif/side.ts";

/** A definition as a person says it: "99.95 % over 28d", "99.9 % in each month (UTC)". */
export function definitionWords({ objective, windowLabel, zone }: Side): string {
  const window = zone === null ? `over ${windowLabel}` : `in each ${windowLabel} (${zone})`;
  return `${precisePercent(objective)} ${window}`;
}

/** "12 of 90 d". */
export function historyWords({ historyDays, neededDays }: Side): string {
  const known = Math.floor(Math.min(historyDays, neededDays) * 10 + 1e-6) / 10;
  return `${known} of ${Number(neededDays.toFixed(1))} d`;
}

/** With too little history nothing is good yet; what went wrong already has. */
export function shownState({ now, isEnough }: Side): Side["now"]["state"] {
  return isEnough || now.state !== "healthy" ? now.state : "unknown";
}

export function stateWords(side: Side): string {
  const state = shownState(side);
  return state === side.now.state ? STATE_WORD[state] : "Too little history";
}

/** Share of the budget spent; null where the numbers cannot be trusted. */
function spentOf({ now }: Side): number | null {
  return now.state === "unknown" ? null : now.consumed;
}

export function spentWords(side: Side): string {
  const spent = spentOf(side);
  return spent === null ? "not known" : percent(spent, Math.abs(spent) < 0.1 && spent > 0 ? 1 : 0);
}

/** How many alerts of the tiers that are switched on. */
export function alertsOf({ tiers }: Side): number {
  return tiers.reduce((sum, tier) => sum + tier.count, 0);
}

/** "2 d 3 h", or "never". */
export function timeWords(ms: number): string {
  return ms === 0 ? "never" : span(ms);
}

/** How long was looked back. */
export function lookedBack({ from, to }: Pick<Compared, "from" | "to">): string {
  const days = (to - from) / DAY;
  return days < 2 ? span(to - from) : `${count(Math.round(days))} days`;
}

/** What the change would mean, for people and screen readers alike. */
export function verdictWords(compared: Compared & { readonly asked: Side }): string {
  const { present, asked } = compared;
  return [
    shortHistory(asked),
    `At ${definitionWords(asked)}, ${spendingWords(asked)}, where it is ${spentWords(present)} at ${definitionWords(present)}.`,
    `In the last ${lookedBack(compared)} ${alertWords(asked, present)}, and ${blockWords(asked, present)}.`,
    heldWords(asked),
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function spendingWords(side: Side): string {
  return spentOf(side) === null
    ? "how much of the budget is spent is not known"
    : `${spentWords(side)} of the budget is spent`;
}

/** A policy state that was held because nothing was known is no sign that all was well. */
function heldWords({ states }: Side): string {
  const heldMs = states.reduce((sum, each) => sum + each.heldMs, 0);
  if (heldMs === 0) return "";
  return `For ${span(heldMs)} of it the numbers are not known: the policy state is taken to have stayed, and what would have happened nobody knows.`;
}

function shortHistory(side: Side): string {
  if (side.isEnough) return "";
  return `Only ${historyWords(side)} of history are known: too little to say that ${definitionWords(side)} would be kept.`;
}

function alertWords(asked: Side, present: Side): string {
  const [then, now] = [alertsOf(asked), alertsOf(present)];
  const alerts = then === 1 ? "1 alert" : `${then === 0 ? "no" : count(then)} alerts`;
  return `${alerts} would have fired instead of ${now === 0 ? "none" : count(now)}`;
}

function blockWords(asked: Side, present: Side): string {
  if (asked.blockedMs === 0 && present.blockedMs === 0) {
    return "releases would never have been blocked, as now";
  }
  const shipped =
    asked.blockedCount === 0
      ? ""
      : `, which ${count(asked.blockedCount)} ${asked.blockedCount === 1 ? "deployment" : "deployments"} would have met`;
  const then = asked.blockedMs === 0 ? "never" : `for ${span(asked.blockedMs)}`;
  const now = present.blockedMs === 0 ? "never" : span(present.blockedMs);
  return `releases would have been blocked ${then} instead of ${now}${shipped}`;
}

/** What the chart shows, in one or two sentences. */
export function lineSummary({ line, present, asked }: Compared, words: Words): string {
  const side = asked ?? present;
  const values = asked ? (line.asked ?? []) : line.present;
  const known = values.filter((value) => value !== null);
  const missing = values.length - known.length;
  const gap =
    missing > 0 ? ` For ${share(missing / values.length)} of the time it is not known.` : "";
  if (known.length === 0) return "How much was spent is not known anywhere in this history.";
  const highest = Math.max(...known);
  const at = line.at[values.indexOf(highest)] ?? 0;
  const over = reachedWords(side, highest);
  return `At ${definitionWords(side)} at most ${words.share(highest)} of the budget was spent at once, by ${words.time(at)}; ${over}.${gap}`;
}

function reachedWords({ thresholds }: Side, highest: number): string {
  const reached = thresholds.filter(({ at }) => highest >= at).at(-1);
  return reached ? `that reaches “${reached.name}”` : "no threshold of the policy is reached";
}

function share(ratio: number): string {
  return percent(ratio, ratio < 0.01 ? 1 : 0);
}
