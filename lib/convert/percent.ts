/**
 * A ratio as the percentage that a person would write: 0.999 gives 99.9, where a multiplication gives
 * 99.9 only by luck.
 * @example percentOfShare(0.999) // 99.9
 */
export function percentOfShare(share: number): number {
  const [digits, exponent] = share.toExponential().split("e");
  return Number(`${digits}e${Number(exponent) + 2}`);
}
