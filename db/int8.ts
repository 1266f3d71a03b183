/** PostgreSQL's type number of `bigint`. */
export const INT8 = 20;

/** Our bigints are epoch milliseconds and counts, far below 2^53: both drivers give them as numbers. */
export function parseInt8(text: string): number {
  return Number(text);
}
