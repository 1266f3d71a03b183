import { UpstreamError } from "#collectors/collector.ts";

/** One page of a list that goes from new to old. */
export interface Rows<T> {
  readonly rows: readonly T[];
  /** Where the next page begins; null = this was the last. */
  readonly next: string | null;
}

/** Where a list was left; plain JSON. */
export interface Position {
  readonly after: string | null;
  /** Epoch ms of the oldest row so far; null before the first page. */
  readonly reached: number | null;
  readonly done: boolean;
}

export const START: Position = { after: null, reached: null, done: false };

/** A list that is read from new to old, as far as it is needed. */
export interface Track<T> {
  /** Reads whole pages until one holds a row before `floor` (epoch ms); what was read before is not repeated. */
  readUntil(floor: number): Promise<readonly T[]>;
  position(): Position;
}

export interface Listing<T> {
  readonly pageSize: number;
  ask(first: number, after: string | null): Promise<Rows<T>>;
  timeOf(row: T): number;
}

export function track<T>(listing: Listing<T>, from: Position = START): Track<T> {
  let position = from;
  let size = listing.pageSize;
  const readPage = async () => {
    const page = await halving(size, (first) => listing.ask(first, position.after));
    size = page.size;
    const isStuck = page.next === position.after;
    const times = page.rows.map(listing.timeOf);
    position = {
      after: page.next ?? position.after,
      reached: times.length > 0 ? Math.min(...times) : position.reached,
      done: page.next === null || isStuck,
    };
    return page.rows;
  };
  return {
    position: () => position,
    async readUntil(floor) {
      const rows: T[] = [];
      while (!position.done && (position.reached ?? Number.POSITIVE_INFINITY) >= floor) {
        rows.push(...(await readPage()));
      }
      return rows;
    },
  };
}

/** A page that is too much for GitHub is asked again at half its size. */
export async function halving<R extends object>(
  size: number,
  ask: (first: number) => Promise<R>,
): Promise<R & { size: number }> {
  try {
    return { ...(await ask(size)), size };
  } catch (error) {
    if (size <= 1 || !isTooMuch(error)) throw error;
    return halving(Math.floor(size / 2), ask);
  }
}

function isTooMuch(error: unknown): boolean {
  if (!(error instanceof UpstreamError)) return false;
  return error.httpStatus === 502 || error.httpStatus === 504 || error.kind === "timeout";
}
