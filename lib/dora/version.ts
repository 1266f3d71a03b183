import type { DeploymentRecord } from "#lib/dora/facts.ts";

/** Prefixes that only branches have. */
const BRANCH = /^(refs\/heads|feat(ure)?|(bug|hot)?fix|releases?|dependabot|renovate|users?)\//i;

/** `v1`, `1.4.0-rc.1`, `build-4711`, `checkout@2.0`, `checkout-v3`: it ends in a number of its own. */
const NUMBERED = /(^|[/@_.-])(v|build|release)?[-_.]?\d+([._+-]\w+)*$/i;

/**
 * Whether a record's ref tells one version from another. A branch does not: it is deployed again and
 * again, and is another each time. Releases and tags are versions whatever they are called.
 * @example isVersion({ source: "api" }, "main") // false
 */
export function isVersion({ source }: Pick<DeploymentRecord, "source">, ref: string): boolean {
  if (source === "release" || source === "tag") return true;
  return !BRANCH.test(ref) && NUMBERED.test(ref);
}
