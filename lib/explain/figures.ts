/** Figures as formulas show them: enough digits to check the sum by hand. */

const COUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const EXACT = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });
const MINUS = "−";

/**
 * Events or minutes, with thousands separated; fractions to two digits.
 * @example count(16080) // "16,080"
 */
export function count(value: number): string {
  return COUNT.format(value).replace("-", MINUS);
}

/**
 * A ratio or rate to six significant digits.
 * @example exact(0.0010000000000000009) // "0.001"
 */
export function exact(value: number): string {
  return EXACT.format(value).replace("-", MINUS);
}

/**
 * A ratio in percent, to four significant digits or, near 100 %, as many as tell it from it.
 * @example percent(0.998744) // "99.8744 %"
 */
export function percent(ratio: number): string {
  return `${EXACT.format(Number((ratio * 100).toPrecision(6))).replace("-", MINUS)} %`;
}

/**
 * A multiple of the even pace.
 * @example times(14.4) // "14.4×"
 */
export function times(burn: number): string {
  return `${EXACT.format(Number(burn.toPrecision(4)))}×`;
}

/**
 * A time in UTC, to the minute, from epoch ms.
 * @example utc(1_782_900_000_000) // "2026-07-01 10:00 UTC"
 */
export function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
