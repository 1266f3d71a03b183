import { readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { RollingWindow } from "#lib/spec/model.ts";
import { DAY, MINUTE, parseDuration } from "#lib/time/duration.ts";

/** The shortest window has burn windows of minutes; the longest is how long history is kept. */
const MIN_MS = DAY;
const MAX_MS = 400 * DAY;

/** What Sloth assumes, and what is assumed for its documents. */
export const DEFAULT_WINDOW: RollingWindow = { kind: "rolling", ms: 30 * DAY, label: "30d" };

/**
 * A rolling window of 1 to 400 days, in whole minutes.
 * @example readRollingWindow(node of "28d", findings) // { kind: "rolling", ms: 2_419_200_000, label: "28d" }
 */
export function readRollingWindow(node: Located | null, findings: Findings): RollingWindow | null {
  if (node?.kind === "number") {
    const message = `must be a duration with its unit, got ${describe(node)}; write ${node.value}d`;
    return findings.error(node, "window-format", message);
  }
  const label = readText(node, findings);
  if (label === null || node === null) return null;
  const ms = parseDuration(label);
  if (ms === null) {
    const meant = /^(\d+)\s*days?$/i.exec(label)?.[1];
    const message = `must be a duration such as 30d or 28d, got ${describe(node)}`;
    return findings.error(node, "window-format", meant ? `${message}; write ${meant}d` : message);
  }
  return rollingWindow({ ms, label }, node, findings);
}

/**
 * A rolling window of this length, or an error at the node when it is out of range.
 * @example rollingWindow({ ms: DAY, label: "1d" }, node, findings)?.kind // "rolling"
 */
export function rollingWindow(
  { ms, label }: { readonly ms: number; readonly label: string },
  node: Located,
  findings: Findings,
): RollingWindow | null {
  if (ms >= MIN_MS && ms <= MAX_MS && ms % MINUTE === 0) return { kind: "rolling", ms, label };
  const message = `must be from 1d to 400d, in whole minutes, got ${label}; write for example 30d`;
  return findings.error(node, "window-range", message);
}
