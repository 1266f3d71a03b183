import { STATE_WORD } from "#components/slo/state-mark.tsx";
import type { Lane } from "#components/slo/timeline/view.ts";
import { span } from "#lib/format/numbers.ts";
import { SLO_STATES } from "#lib/slo/status.ts";

/** What happened to one SLO in a sentence: how long it was in which state, alerts, policy changes. */
export function laneSummary({ states, alerts, transitions }: Lane): string {
  const spells = SLO_STATES.flatMap((state) => {
    const ms = states.reduce((sum, s) => sum + (s.state === state ? s.to - s.from : 0), 0);
    return ms > 0 ? [`${STATE_WORD[state].toLowerCase()} ${span(ms)}`] : [];
  });
  const what = spells.length > 0 ? spells.join(", ") : "no state recorded yet";
  return `${what}; ${counted(alerts.length, "alert")}, ${counted(transitions.length, "policy change")}`;
}

function counted(n: number, what: string): string {
  return n === 0 ? `no ${what}` : n === 1 ? `1 ${what}` : `${n} ${what}s`;
}
