import { readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import { MINUTE, parseDuration } from "#lib/time/duration.ts";

/**
 * A duration as Prometheus writes it, in ms: whole minutes, at least one.
 * @example readFixedDuration(node of "1h30m", findings) // 5_400_000
 */
export function readFixedDuration(node: Located | null, findings: Findings): number | null {
  if (node?.kind === "number") {
    const message = `must be a duration with its unit, got ${describe(node)}; write for example 1h`;
    return findings.error(node, "window-format", message);
  }
  const text = readText(node, findings);
  if (text === null || node === null) return null;
  const ms = parseDuration(text);
  if (ms !== null && ms >= MINUTE && ms % MINUTE === 0) return ms;
  const message = `must be a duration in whole minutes, such as 5m or 1h, got ${describe(node)}`;
  return findings.error(node, "window-format", message);
}
