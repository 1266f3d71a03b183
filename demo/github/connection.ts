import { GraphQLError } from "graphql";

/** What every connection of GitHub takes. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** How pages may misbehave, as real ones do while rows are being added. */
export interface Paging {
  /** Each page begins with this many rows of the page before. */
  readonly overlap: number;
  /** Rows of a page come in reverse. */
  readonly reversed: boolean;
}

export const STEADY: Paging = { overlap: 0, reversed: false };

interface Row {
  readonly id: string;
}

/** How rows become the nodes of a page. */
export interface Making<T> {
  readonly node: (row: T) => object;
  readonly paging?: Paging;
}

/** A page of rows that are in order already. A cursor names its row, so new rows do not shift pages. */
export function connection<T extends Row>(
  rows: readonly T[],
  args: PageArguments,
  { node, paging = STEADY }: Making<T>,
) {
  const size = pageSize(args);
  const begin = args.after ? Math.max(0, indexOf(rows, args.after) + 1 - paging.overlap) : 0;
  const from = args.last == null ? begin : Math.max(begin, rows.length - size);
  const page = rows.slice(from, from + size);
  const edges = page.map((row) => ({ node: node(row), cursor: cursorOf(row) }));
  const shown = paging.reversed ? edges.toReversed() : edges;
  return {
    totalCount: rows.length,
    nodes: shown.map((edge) => edge.node),
    edges: shown,
    pageInfo: {
      hasNextPage: from + size < rows.length,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function pageSize({ first, last }: PageArguments): number {
  const size = first ?? last;
  if (size == null) throw refused("MISSING_PAGINATION_BOUNDARIES", "give `first` or `last`");
  if (size < 1 || size > 100)
    throw refused("EXCESSIVE_PAGINATION", `${size} records asked for, the limit is 100`);
  return size;
}

function indexOf(rows: readonly Row[], cursor: string): number {
  const wanted = Buffer.from(cursor, "base64url").toString().replace("cursor:v2:", "");
  const index = rows.findIndex(({ id }) => id === wanted);
  if (index < 0) throw refused("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` is no valid cursor`);
  return index;
}

function cursorOf({ id }: Row): string {
  return Buffer.from(`cursor:v2:${id}`).toString("base64url");
}

function refused(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}
