import { deploymentAbsence, incidentAbsence, syncFlags } from "#lib/dora/absence.ts";
import { type Absence, FEW, type Flag, flagIf, type Metric } from "#lib/dora/metric.ts";
import { wilson } from "#lib/dora/quantile.ts";
import type { Confidence } from "#lib/dora/rework.ts";
import type { Selection } from "#lib/dora/selection.ts";
import { sourceOf } from "#lib/dora/source.ts";
import type { Verdict } from "#lib/dora/verdict.ts";

/**
 * Change failure rate: failed deployments by all deployments of the range, never above 1, with
 * Wilson's 95 % interval. Without a source of incidents it is not known, not 0.
 * @example changeFailureRate(selection).value // 0.16666666666666666
 */
export function changeFailureRate(selection: Selection): Metric {
  const failed = selection.verdicts.filter((verdict) => verdict.failed);
  return share(selection, {
    hits: failed,
    absence: incidentAbsence(selection),
    flags: syncFlags(selection.scope, ["deployments", "incidents"]),
    trusts: failed.map(({ failures }) => strongest(failures.map(({ confidence }) => confidence))),
  });
}

/**
 * Deployment rework rate: deployments that mended something (rollback, revert, hotfix, remediation of
 * an incident) by all deployments of the range. Without a source of incidents the last kind is missing.
 * @example deploymentReworkRate(selection).value // 0.1
 */
export function deploymentReworkRate(selection: Selection): Metric {
  const { scope } = selection;
  const reworked = selection.verdicts.filter(({ isRework }) => isRework);
  return share(selection, {
    hits: reworked,
    absence: deploymentAbsence(selection),
    flags: [
      ...flagIf(scope.synced.incidents === "no-source", "no-incident-source"),
      ...syncFlags(scope, ["deployments", "changes", "incidents"]),
    ],
    trusts: reworked.map(({ reworks }) => strongest(reworks.map(({ confidence }) => confidence))),
  });
}

interface Share {
  readonly hits: readonly Verdict[];
  readonly absence: Absence | null;
  readonly flags: readonly Flag[];
  readonly trusts: readonly Confidence[];
}

function share({ verdicts, pooled }: Selection, { hits, absence, flags, trusts }: Share): Metric {
  const n = verdicts.length;
  const interval = absence ? null : wilson(hits.length, n);
  return {
    value: absence ? null : hits.length / n,
    ...(absence ? { reason: absence } : {}),
    flags: [...flagIf(!absence && n < FEW, "too-few"), ...flagIf(pooled, "pooled"), ...flags],
    n,
    unit: "ratio",
    ...(interval ? { interval } : {}),
    excluded: [],
    source: sourceOf(
      verdicts.map(({ deployment }) => deployment),
      trusts,
    ),
    rows: hits.map(({ deployment }) => deployment.id),
  };
}

/** One good reason is enough; a person's word needs none. */
function strongest(trusts: readonly Confidence[]): Confidence {
  if (trusts.length === 0 || trusts.includes("high")) return "high";
  return trusts.includes("medium") ? "medium" : "low";
}
