import { createHash } from "node:crypto";

/**
 * JSON with sorted keys and without white space: equal values give equal text, however they were put
 * together. Undefined fields are left out, and a number that JSON cannot say becomes null.
 * @example canonicalJson({ b: 1, a: undefined }) // '{"b":1}'
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? "null";
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]));
}

/**
 * The SHA-256 of a value's canonical JSON, in 64 hexadecimal digits.
 * @example hashOf({ a: 1, b: 2 }) === hashOf({ b: 2, a: 1 }) // true
 */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
