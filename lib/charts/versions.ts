import type { VersionMark } from "#lib/charts/view.ts";
import { precisePercent } from "#lib/format/numbers.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

interface Version {
  readonly version: number;
  /** Epoch ms. */
  readonly validFrom: number;
  readonly definition: SloDefinition;
}

/**
 * The marks of the versions that came into force inside `[from, to)` (epoch ms), each with what it
 * changed. The first version changes nothing and has no mark. `versions` ascend.
 * @example versionMarks(versions, { from, to })[0]?.change // "objective 99.5 % → 99.9 %"
 */
export function versionMarks(
  versions: readonly Version[],
  { from, to }: { readonly from: number; readonly to: number },
): VersionMark[] {
  return versions.slice(1).flatMap((next, i) => {
    const before = versions[i];
    if (!before || next.validFrom < from || next.validFrom >= to) return [];
    const change = describeChange(before.definition, next.definition);
    return [{ version: next.version, at: next.validFrom, change }];
  });
}

/**
 * What a new definition changed, in words.
 * @example describeChange(before, after) // "objective 99.5 % → 99.9 %, policy"
 */
export function describeChange(before: SloDefinition, after: SloDefinition): string {
  const changes = [
    before.objective === after.objective
      ? null
      : `objective ${precisePercent(before.objective)} → ${precisePercent(after.objective)}`,
    same(before.window, after.window)
      ? null
      : `window ${before.window.label} → ${after.window.label}`,
    same(before.sli, after.sli) ? null : "query",
    same([before.policy, before.clauses], [after.policy, after.clauses]) ? null : "policy",
    same(before.alerting, after.alerting) ? null : "alerting",
    before.enforced === after.enforced
      ? null
      : after.enforced
        ? "now enforced"
        : "now aspirational",
  ].filter((change) => change !== null);
  return changes.length > 0 ? changes.join(", ") : "description or ownership";
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
