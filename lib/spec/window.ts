import { readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { SloWindow } from "#lib/spec/model.ts";
import { DAY, MINUTE, parseDuration } from "#lib/time/duration.ts";

/** The shortest window has burn windows of minutes; the longest is how long history is kept. */
const MIN_MS = DAY;
const MAX_MS = 400 * DAY;
const CALENDAR = /^(calendar[- ]?)?(week|month|quarter|year)(ly)?$|^1[MQY]$/i;

/** What Sloth assumes, and what is assumed for its documents. */
export const DEFAULT_WINDOW: SloWindow = { kind: "rolling", ms: 30 * DAY, label: "30d" };

/**
 * A rolling window of 1 to 400 days, in whole minutes.
 * @example readWindow(node of "28d", findings) // { kind: "rolling", ms: 2_419_200_000, label: "28d" }
 */
export function readWindow(node: Located | null, findings: Findings): SloWindow | null {
  if (node?.kind === "number") {
    const message = `must be a duration with its unit, got ${describe(node)}; write ${node.value}d`;
    return findings.error(node, "window-format", message);
  }
  const label = readText(node, findings);
  if (label === null || node === null) return null;
  if (CALENDAR.test(label)) return findings.error(node, "not-supported", CALENDAR_LATER);
  const ms = parseDuration(label);
  if (ms === null) {
    const meant = /^(\d+)\s*days?$/i.exec(label)?.[1];
    const message = `must be a duration such as 30d or 28d, got ${describe(node)}`;
    return findings.error(node, "window-format", meant ? `${message}; write ${meant}d` : message);
  }
  if (ms < MIN_MS || ms > MAX_MS || ms % MINUTE !== 0) {
    const message = `must be from 1d to 400d, in whole minutes, got ${label}; write for example 30d`;
    return findings.error(node, "window-range", message);
  }
  return { kind: "rolling", ms, label };
}

const CALENDAR_LATER = "a calendar window is not supported yet; write a rolling one such as 30d";
