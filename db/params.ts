import { type SQL, sql } from "drizzle-orm";

/**
 * Whole columns as one parameter each, for `unnest`: thousands of rows in one statement. Numbers go
 * as PostgreSQL's array text, which both drivers pass on untouched.
 */
export function ints(values: Numbers): SQL {
  return sql`${literal(values)}::int[]`;
}

export function bigints(values: Numbers): SQL {
  return sql`${literal(values)}::bigint[]`;
}

export function floats(values: Numbers): SQL {
  return sql`${literal(values)}::float8[]`;
}

export function booleans(values: readonly boolean[]): SQL {
  return sql`${`{${values.join(",")}}`}::bool[]`;
}

export function texts(values: readonly (string | null)[]): SQL {
  return sql`${sql.param(values)}::text[]`;
}

function literal(values: Numbers): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}

type Numbers = readonly (number | null)[];
