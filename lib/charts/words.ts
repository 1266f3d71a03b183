/** How a summary spells times and figures: the viewer's zone and the page's formats come from outside. */
export interface Words {
  /** Date and time of day, from epoch ms. */
  time(at: number): string;
  /** A share of the budget in percent, signed. */
  share(ratio: number): string;
  /** An SLI or objective, with the digits that matter near 100 %. */
  precise(ratio: number): string;
  /** Events or minutes. */
  count(value: number): string;
  /** A multiple of the even pace: "14.4×". */
  times(burn: number): string;
  /** A length of time in ms: "1 h 12 min". */
  span(ms: number): string;
}
