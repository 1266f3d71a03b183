import type { UnmatchedPart } from "#lib/alerts/meant.ts";

/** A part of an alert's link that fits nothing known, and what it said. */
export interface Unmatched {
  readonly part: UnmatchedPart | "instance";
  readonly value: string;
}

const PARTS: readonly Unmatched["part"][] = ["instance", "fingerprint", "tier", "startsAt"];
const LONGEST = 80;

/**
 * The parts as an address carries them; null when everything fitted.
 * @example writeUnmatched([{ part: "tier", value: "bogus" }]) // "tier:bogus"
 */
export function writeUnmatched(parts: readonly Unmatched[]): string | null {
  if (parts.length === 0) return null;
  return parts.map(({ part, value }) => `${part}:${value.slice(0, LONGEST)}`).join("\n");
}

/**
 * Reads what `writeUnmatched` wrote; anything else is passed over.
 * @example readUnmatched("tier:bogus") // [{ part: "tier", value: "bogus" }]
 */
export function readUnmatched(text: string | null): Unmatched[] {
  return (text ?? "").split("\n").flatMap((line) => {
    const colon = line.indexOf(":");
    const part = PARTS.find((each) => each === line.slice(0, colon));
    return part ? [{ part, value: line.slice(colon + 1, colon + 1 + LONGEST) }] : [];
  });
}

/**
 * One sentence about a part that fits nothing; `tiers` are those of the SLO.
 * @example unmatchedWords({ part: "tier", value: "bogus" }, ["page-fast"]) // "This SLO has no alert tier “bogus”; it has page-fast."
 */
export function unmatchedWords({ part, value }: Unmatched, tiers: readonly string[]): string {
  if (part === "instance")
    return `No instance with ${value} is told apart; this is all of them together.`;
  if (part === "fingerprint")
    return `No alert with the fingerprint “${value}” is known of this SLO.`;
  if (part === "startsAt") return `Nothing is known to have fired at “${value}”.`;
  return tiers.includes(value)
    ? `“${value}” has not fired.`
    : `This SLO has no alert tier “${value}”; it has ${tiers.join(", ")}.`;
}
