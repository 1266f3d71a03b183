import { deploymentAbsence, incidentAbsence, syncFlags } from "#lib/dora/absence.ts";
import type { Exclusion } from "#lib/dora/exclusion.ts";
import { type Absence, FEW, type Flag, flagIf, type Metric } from "#lib/dora/metric.ts";
import { wilson } from "#lib/dora/quantile.ts";
import type { Confidence } from "#lib/dora/rework.ts";
import type { Selection } from "#lib/dora/selection.ts";
import { sourceOf } from "#lib/dora/source.ts";
import type { Verdict } from "#lib/dora/verdict.ts";

/**
 * Change failure rate: failed deployments by all deployments of the range, never above 1, with
 * Wilson's 95 % interval. Deployments of services of whose incidents nothing is known are left out and
 * listed: nobody knows that they did not fail. With those alone it is not known, not 0.
 * @example changeFailureRate(selection).value // 0.16666666666666666
 */
export function changeFailureRate(selection: Selection): Metric {
  const { scope, verdicts } = selection;
  const { blind } = scope.synced;
  const judged = judgedIn(selection);
  const failed = judged.filter((verdict) => verdict.failed);
  return {
    ...share(selection, {
      all: judged,
      hits: failed,
      absence: incidentAbsence(selection),
      flags: [
        ...flagIf(0 < judged.length && judged.length < verdicts.length, "no-incident-source"),
        ...syncFlags(scope, ["deployments", "incidents"]),
      ],
      trusts: failed.map(({ failures }) => strongest(failures.map(({ confidence }) => confidence))),
    }),
    excluded: verdicts.filter(({ deployment }) => blind.has(deployment.service)).map(unjudged),
  };
}

/**
 * The deployments of a selection of which it can be said whether they failed: those of services whose
 * incidents are known.
 * @example judgedIn(selection).length // what the failure rate is taken over
 */
export function judgedIn({ verdicts, scope }: Pick<Selection, "verdicts" | "scope">): Verdict[] {
  return verdicts.filter(({ deployment }) => !scope.synced.blind.has(deployment.service));
}

function unjudged({ deployment: { id, service, finishedAt } }: Verdict): Exclusion {
  return { reason: "incidents-unknown", id, service, at: finishedAt, n: 1 };
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
    all: selection.verdicts,
    hits: reworked,
    absence: deploymentAbsence(selection),
    flags: [
      ...flagIf(isBlind(selection), "no-incident-source"),
      ...syncFlags(scope, ["deployments", "changes", "incidents"]),
    ],
    trusts: reworked.map(({ reworks }) => strongest(reworks.map(({ confidence }) => confidence))),
  });
}

/**
 * Whether incidents of one of the services that deployed are not known, so that what they would add is
 * missing.
 * @example isBlind(selection) // false
 */
export function isBlind({ verdicts, scope }: Selection): boolean {
  if (scope.synced.incidents === "no-source") return true;
  return verdicts.some(({ deployment }) => scope.synced.blind.has(deployment.service));
}

interface Share {
  readonly all: readonly Verdict[];
  readonly hits: readonly Verdict[];
  readonly absence: Absence | null;
  readonly flags: readonly Flag[];
  readonly trusts: readonly Confidence[];
}

function share({ pooled }: Selection, { all, hits, absence, flags, trusts }: Share): Metric {
  const n = all.length;
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
      all.map(({ deployment }) => deployment),
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
