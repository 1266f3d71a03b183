/** How figures are spelt: true minus sign, thin groups, no more digits than are meant. */

const MINUS = "−";

/**
 * A ratio in percent, signed, rounded half away from zero to `digits` places.
 * @example percent(-1.59) // "−159 %"
 */
export function percent(ratio: number, digits = 0): string {
  return `${signed(ratio * 100, digits)} %`;
}

/**
 * The share of a budget that is spent, cut to a tenth of a percent and not rounded: 49.96 % must not
 * read as a threshold of 50 % that was not reached. What was spent is never 0 %, what is over 100 % never 100 %.
 * @example spentPercent(1.26407) // "126.4 %"
 */
export function spentPercent(consumed: number): string {
  return `${spentTenths(consumed) / 10} %`;
}

/**
 * The share of a budget that is left, signed: what `spentPercent` says of the same budget leaves of 100 %.
 * @example leftPercent(-0.26407) // "−26.4 %"
 */
export function leftPercent(remaining: number): string {
  return `${signed((1000 - spentTenths(1 - remaining)) / 10, 1)} %`;
}

function spentTenths(consumed: number): number {
  const tenths = consumed * 1000;
  const cut = Math.floor(tenths + 1e-6);
  const isEdge = cut === 0 || cut === 1000;
  return isEdge && tenths - cut > 1e-6 ? cut + 1 : cut;
}

/**
 * An SLI or objective in percent. A figure that people wrote keeps its digits; a computed one is cut
 * after three digits that are not leading nines, so it is never rounded up to 100 %.
 * @example precisePercent(0.9995) // "99.95 %"
 */
export function precisePercent(ratio: number): string {
  const value = ratio * 100;
  for (let digits = 0; digits <= 6; digits++) {
    const text = value.toFixed(digits);
    const honest = Number(text) !== 100 || ratio === 1;
    if (honest && Math.abs(Number(text) - value) < 1e-9) return `${text} %`;
  }
  return `${roundedDown(value)} %`;
}

/** Three digits after the leading nines, cut and not rounded: 99.99962 stays under 100. */
function roundedDown(value: number): string {
  const nines = Math.max(0, Math.floor(-Math.log10(Math.max(1e-9, 1 - value / 100))) - 1);
  const digits = Math.min(6, nines + 2);
  const cut = Math.floor(value * 10 ** digits + 1e-9) / 10 ** digits;
  return cut.toFixed(digits);
}

/**
 * A count in groups of three; small fractional ones keep a digit.
 * @example count(31870) // "31,870"
 */
export function count(value: number): string {
  const small = Math.abs(value) < 10 && !Number.isInteger(value);
  const text = Math.abs(value).toLocaleString("en-US", { maximumFractionDigits: small ? 1 : 0 });
  return value < 0 && text !== "0" ? `${MINUS}${text}` : text;
}

/**
 * A burn rate: multiples of an even spend.
 * @example times(14.4) // "14.4×"
 */
export function times(burn: number): string {
  if (burn >= 100) return `${Math.round(burn)}×`;
  if (burn > 0 && burn < 0.05) return "<0.1×";
  return `${burn.toFixed(1)}×`;
}

/**
 * A length of time by its two largest units; under a minute in seconds.
 * @example span(4_320_000) // "1 h 12 min"
 */
export function span(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return `${Math.max(0, Math.round(ms / 1000))} s`;
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), "d"],
    [Math.floor((minutes % 1440) / 60), "h"],
    [minutes % 60, "min"],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(" ");
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `${MINUS}${text}` : text;
}
