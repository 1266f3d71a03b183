import type { Located } from "#lib/spec/located.ts";

const START = { line: 1, column: 1 } as const;

/**
 * What a person wrote into a field, as a document would hold it: a number where it is one.
 * @example written("0.999").kind // "number"
 */
export function written(text: string): Located {
  const value = Number(text);
  if (text !== "" && !Number.isNaN(value)) {
    return { ...START, path: "", kind: "number", value, written: text };
  }
  return { ...START, path: "", kind: "text", value: text, at: () => START };
}
