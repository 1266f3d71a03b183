import type { z } from "zod";
import type { whatIf } from "#app/api/v1/slos/[service]/[slo]/what-if/schema.ts";
import type { Compared, WhatIf } from "#components/whatif/view.ts";
import { DAY } from "#lib/time/duration.ts";
import type { Side } from "#lib/whatif/side.ts";
import { suggestionReason } from "#lib/whatif/suggestionWords.ts";

type Answer = z.infer<typeof whatIf>;

/** A comparison as API v1 tells it: ratios, days, times in ISO 8601. */
export function answerOf(about: WhatIf, compared: Compared & { readonly asked: Side }): Answer {
  const { from, to, present, asked, line, suggestion } = compared;
  return {
    ...{ service: about.service, slo: about.name, unit: about.unit },
    ...{ from: iso(from), asOf: iso(to), present: sideOf(present), asked: sideOf(asked) },
    series: line.at.map((at, i) => ({
      at: iso(at),
      present: line.present[i] ?? null,
      asked: line.asked?.[i] ?? null,
    })),
    suggestion: {
      objective: suggestion.kind === "objective" ? suggestion.objective : null,
      reason: suggestionReason(suggestion),
      windows: suggestion.windows,
    },
  };
}

function sideOf(side: Side): Answer["present"] {
  const { objective, windowLabel, thresholds, neededDays, historyDays, isEnough, now } = side;
  const { exhaustsAt, recoversAt, liftsAt, ...numbers } = now;
  return {
    ...{ objective, window: windowLabel, thresholds: [...thresholds] },
    ...{ neededDays, historyDays, isEnough },
    ...numbers,
    exhaustsAt: isoOrNull(exhaustsAt),
    recoversAt: isoOrNull(recoversAt),
    liftsAt: isoOrNull(liftsAt),
    alerts: side.tiers.map(alertsOf),
    states: side.states.map(({ state, blocks, ms, heldMs }) => ({
      ...{ state, blocks, days: ms / DAY, heldDays: heldMs / DAY },
    })),
    blockedDays: side.blockedMs / DAY,
    blockedDeployments: side.blockedCount,
    deployments: side.blocked.map(({ id, title, at }) => ({ id, title, at: iso(at) })),
  };
}

function alertsOf({ tier, severity, off, reachable, count, firings }: Side["tiers"][number]) {
  return {
    ...{ tier, severity, off, reachable, count },
    firings: firings.map(({ startedAt, endedAt }) => ({
      startedAt: iso(startedAt),
      endedAt: isoOrNull(endedAt),
    })),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
