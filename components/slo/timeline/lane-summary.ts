import { STATE_WORD } from "#components/slo/state-mark.tsx";
import type { Lane, StateSpan } from "#components/slo/timeline/view.ts";
import { span } from "#lib/format/numbers.ts";
import { SLO_STATES } from "#lib/slo/status.ts";

/** What happened to one SLO in a sentence: how long it was in which state, alerts, policy changes. */
export function laneSummary({ states, alerts, transitions }: Lane): string {
  const spells = SLO_STATES.flatMap((state) => {
    const ms = states.reduce((sum, s) => sum + (s.state === state ? s.to - s.from : 0), 0);
    return ms > 0 ? [`${STATE_WORD[state].toLowerCase()} ${span(ms)}`] : [];
  });
  const known = spells.length > 0 ? spells.join(", ") : "no state recorded yet";
  const what = `${recordedWords(states)}${known}`;
  return `${what}; ${counted(alerts.length, "alert")}, ${counted(transitions.length, "policy change")}`;
}

/**
 * Since when states are recorded (epoch ms), where that is later than the timeline begins: alerts of
 * the time before are known from history, states are not. Null where all of it is recorded, or nothing.
 */
export function recordedSince(states: readonly StateSpan[]): number | null {
  if (states[0]?.state !== null) return null;
  return states.find(({ state }) => state !== null)?.from ?? null;
}

function recordedWords(states: readonly StateSpan[]): string {
  const since = recordedSince(states);
  const end = states.at(-1)?.to;
  return since === null || end === undefined ? "" : `recorded for ${span(end - since)}: `;
}

function counted(n: number, what: string): string {
  return n === 0 ? `no ${what}` : n === 1 ? `1 ${what}` : `${n} ${what}s`;
}
