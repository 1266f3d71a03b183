/** Where a page of the fleet ended: its last row's sort key. */
export interface FleetCursor {
  readonly rank: number;
  /** Infinity when nothing is known. */
  readonly remaining: number;
  readonly sloId: number;
}

/** As text that fits into an address. */
export function encodeCursor({ rank, remaining, sloId }: FleetCursor): string {
  return Buffer.from([rank, remaining, sloId].join(" ")).toString("base64url");
}

const LARGEST_INT = 2 ** 31 - 1;

/** Throws a RangeError for a text that `encodeCursor` did not give. */
export function decodeCursor(text: string): FleetCursor {
  const parts = Buffer.from(text, "base64url").toString().split(" ").map(Number);
  const [rank, remaining, sloId] = parts;
  const whole = [rank, sloId].every((n) => Number.isInteger(n) && Math.abs(n ?? 0) <= LARGEST_INT);
  if (parts.length !== 3 || !whole || Number.isNaN(remaining)) {
    throw new RangeError("the cursor is not one that this server gave");
  }
  return { rank: rank as number, remaining: remaining as number, sloId: sloId as number };
}
