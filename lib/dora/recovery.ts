import { deploymentAbsence, incidentAbsence, syncFlags } from "#lib/dora/absence.ts";
import { summarize } from "#lib/dora/durations.ts";
import type { Exclusion } from "#lib/dora/exclusion.ts";
import { isBlind } from "#lib/dora/failureRate.ts";
import { type Absence, flagIf, type Metric } from "#lib/dora/metric.ts";
import type { Observation } from "#lib/dora/quantile.ts";
import type { Selection } from "#lib/dora/selection.ts";
import { sourceOf } from "#lib/dora/source.ts";
import type { Verdict } from "#lib/dora/verdict.ts";

/**
 * How long (ms) a failed deployment stayed unrestored, so far when it still is at `now` (epoch ms); null
 * when it did not fail, or was restored before it was deployed.
 * @example recoveryOf(verdict, now) // { value: 3_600_000, open: false }
 */
export function recoveryOf({ deployment, restoration }: Verdict, now: number): Observation | null {
  if (!restoration) return null;
  const value = (restoration.at ?? now) - deployment.finishedAt;
  return value > 0 ? { value, open: restoration.at === null } : null;
}

/**
 * Failed deployment recovery time (ms): from the deployment to its restoration, for the failed ones of
 * the range. What is not restored counts with its length so far.
 * @example recoveryTime(selection).flags // ["too-few", "at-least"]
 */
export function recoveryTime(selection: Selection): Metric {
  const { scope, verdicts, pooled } = selection;
  const failed = verdicts.filter((verdict) => verdict.failed);
  const timed = failed.flatMap((verdict) => {
    const observation = recoveryOf(verdict, scope.now);
    return observation ? [{ verdict, observation }] : [];
  });
  const { flags, ...summary } = summarize(timed.map(({ observation }) => observation));
  const reason = timed.length > 0 ? null : absence(selection, failed.length);
  return {
    ...summary,
    ...(reason ? { reason } : {}),
    flags: [
      ...flags,
      ...flagIf(failed.length === 0 && reason === null, "no-failures"),
      ...flagIf(isBlind(selection) && (timed.length > 0 || reason === null), "no-incident-source"),
      ...flagIf(pooled, "pooled"),
      ...syncFlags(scope, ["deployments", "incidents"]),
    ],
    n: timed.length,
    unit: "ms",
    excluded: failed.filter((verdict) => !recoveryOf(verdict, scope.now)).map(disordered),
    source: sourceOf(timed.map(({ verdict }) => verdict.deployment)),
    rows: timed.map(({ verdict }) => verdict.deployment.id),
  };
}

/** That nothing failed can only be said where incidents are known. */
function absence(selection: Selection, failed: number): Absence | null {
  const none = deploymentAbsence(selection);
  if (none || failed > 0) return none;
  return incidentAbsence(selection);
}

function disordered({ deployment: { id, service, finishedAt } }: Verdict): Exclusion {
  return { reason: "restored-before-deployed", id, service, at: finishedAt, n: 1 };
}
