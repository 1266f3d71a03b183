import type { DeploymentSource } from "#lib/dora/facts.ts";
import type { SourceNote } from "#lib/dora/metric.ts";
import type { Confidence } from "#lib/dora/rework.ts";

/** A deployment was told of as such; a release may ship later; a merge may never ship. */
const TRUST: Readonly<Record<DeploymentSource, Confidence>> = {
  api: "high",
  deployment: "high",
  release: "medium",
  tag: "medium",
  workflow: "medium",
  merge: "low",
};

/**
 * The sources of deployments, most trusted first, with the confidence of the weakest of them and of
 * what else the number rests on; without any, nothing is claimed.
 * @example sourceOf(deployments, ["low"]) // { names: ["deployment"], confidence: "low" }
 */
export function sourceOf(
  deployments: Iterable<{ readonly source: DeploymentSource }>,
  others: Iterable<Confidence> = [],
): SourceNote {
  const met = new Set<DeploymentSource>();
  for (const { source } of deployments) met.add(source);
  const names = SOURCES.filter((source) => met.has(source));
  const trusts = new Set<Confidence>(others);
  for (const name of names) trusts.add(TRUST[name]);
  return { names, confidence: WEAKEST_FIRST.find((trust) => trusts.has(trust)) ?? null };
}

const WEAKEST_FIRST: readonly Confidence[] = ["low", "medium", "high"];
const SOURCES: readonly DeploymentSource[] = [
  "api",
  "deployment",
  "release",
  "tag",
  "workflow",
  "merge",
];
