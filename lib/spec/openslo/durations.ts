import { readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { CalendarUnit } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** OpenSLO's duration shorthand: one number and one letter; a small m is minutes, a large one months. */
export interface Shorthand {
  readonly count: number;
  readonly letter: string;
  readonly text: string;
  /** Null for months, quarters and years, which have no fixed length. */
  readonly ms: number | null;
  /** Null for minutes, hours and days. */
  readonly unit: CalendarUnit | null;
}

const FIXED: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
const UNITS: Readonly<Record<string, CalendarUnit>> = {
  w: "week",
  M: "month",
  Q: "quarter",
  Y: "year",
};

/**
 * Reads a shorthand; zero is refused.
 * @example readShorthand(node of "4w", findings)?.ms // 2_419_200_000
 */
export function readShorthand(node: Located | null, findings: Findings): Shorthand | null {
  if (node?.kind === "number") {
    const message = `must be a number and a letter (m, h, d, w, M, Q, Y), got ${describe(node)}; write for example ${node.value}d`;
    return findings.error(node, "window-format", message);
  }
  const text = readText(node, findings);
  if (text === null || node === null) return null;
  const [, digits = "", letter = ""] = /^(\d{1,9})([mhdwMQY])$/.exec(text) ?? [];
  const count = Number(digits);
  if (letter === "" || count === 0) {
    const message = `must be one whole number above 0 and one letter (m, h, d, w, M, Q, Y), got ${describe(node)}; write for example 28d`;
    return findings.error(node, "window-format", message);
  }
  const ms = letter in FIXED ? count * (FIXED[letter] ?? 0) : null;
  return { count, letter, text, ms, unit: UNITS[letter] ?? null };
}

/**
 * A duration of a fixed length in ms; months and longer are refused.
 * @example readFixed(node of "1h", findings) // 3_600_000
 */
export function readFixed(node: Located | null, findings: Findings): number | null {
  const shorthand = readShorthand(node, findings);
  if (shorthand === null || node === null || shorthand.ms !== null) return shorthand?.ms ?? null;
  const message = `has no fixed length, got ${describe(node)}; write m, h, d or w`;
  return findings.error(node, "window-format", message);
}
