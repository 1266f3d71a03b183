import { Scalar } from "yaml";

/**
 * The offset in the file of the character at `offset` of a text value. Exact for one-line and literal
 * (`|`) texts, so that an error in a query is shown where it is; else the start of the value.
 * @example positionIn('a: "xyz"', scalar, 2) // 6
 */
export function positionIn(source: string, node: Scalar, offset: number): number {
  const [start, end] = [node.range?.[0] ?? 0, node.range?.[1] ?? 0];
  const value = String(node.value);
  const written = source.slice(start, end);
  if (node.type === Scalar.BLOCK_LITERAL) return start + literalOffset(written, value, offset);
  const inner = written.indexOf(value);
  return inner >= 0 ? start + inner + offset : start;
}

/** In a literal block each line of the value is a line of the file after the header, indented alike. */
function literalOffset(written: string, value: string, offset: number): number {
  const before = value.slice(0, offset).split("\n");
  const lines = written.split("\n");
  const first = lines.slice(1).find((line) => line.trim() !== "") ?? "";
  const indent = first.length - first.trimStart().length;
  const skipped = lines.slice(0, before.length).reduce((sum, line) => sum + line.length + 1, 0);
  return skipped + indent + (before.at(-1)?.length ?? 0);
}
