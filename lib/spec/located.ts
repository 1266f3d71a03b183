import type { ErrorCode } from "#lib/spec/codes.ts";
/** Where something stands in its file, both 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A value of a document with its place. Whatever cannot be a value is `broken` and says why. */
export type Located = Position & { readonly path: string } & Content;

type Content =
  | { readonly kind: "empty" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: number; readonly written: string }
  | { readonly kind: "text"; readonly value: string; readonly at: (offset: number) => Position }
  | { readonly kind: "list"; readonly items: readonly Located[] }
  | {
      readonly kind: "map";
      readonly entries: ReadonlyMap<string, Entry>;
      readonly repeated: readonly Key[];
    }
  | { readonly kind: "broken"; readonly code: ErrorCode; readonly problem: string };

export type Key = Position & { readonly path: string };

export interface Entry {
  readonly key: Key;
  readonly value: Located;
}

/**
 * The path of a field; names that are not plain words are quoted, the root's path is "".
 * @example fieldPath("slos[0]", "target") // "slos[0].target"
 */
export function fieldPath(parent: string, name: string): string {
  if (!/^[\w-]+$/.test(name)) return `${parent}[${JSON.stringify(shorten(name))}]`;
  return parent === "" ? name : `${parent}.${name}`;
}

/**
 * A value as a message shows it: numbers as written, texts quoted and cut at 60 characters.
 * @example describe(node of `target: "99.5%"`) // '"99.5%"'
 */
export function describe(node: Located): string {
  switch (node.kind) {
    case "empty":
      return "nothing";
    case "boolean":
      return String(node.value);
    case "number":
      return node.written;
    case "text":
      return JSON.stringify(shorten(node.value));
    case "list":
      return "a list";
    case "map":
      return "a map";
    case "broken":
      return "something unreadable";
  }
}

/**
 * A text in one line of at most 60 characters, cut with an ellipsis.
 * @example shorten("a\n b") // "a b"
 */
export function shorten(text: string): string {
  const line = text.slice(0, 200).replaceAll(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
