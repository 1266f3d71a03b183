import type { Findings } from "#lib/spec/findings.ts";
import { readPercent, readShare } from "#lib/spec/share.ts";
import { written } from "#lib/whatif/written.ts";

/**
 * An objective as a ratio in (0,1), from a ratio or a percentage: above 1 a percentage is meant, so
 * that "99.9", "99.9 %" and "0.999" are the same. Null, and an error, for what leaves no budget.
 * @example readObjective("99.9%", findings) // 0.999
 */
export function readObjective(text: string, findings: Findings): number | null {
  const percent = /^([\d.]+)\s*%$/.exec(text)?.[1];
  if (percent !== undefined) return readPercent(written(percent), findings);
  const node = written(text);
  const isPercent = node.kind === "number" && node.value > 1 && node.value <= 100;
  return isPercent ? readPercent(node, findings) : readShare(node, findings);
}
