import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";

/**
 * PromQL by its own grammar (the one Prometheus's web page uses). It checks syntax, not types.
 * Offsets are those of the text as the author wrote it: the template `{{.window}}` is padded to its
 * own length for parsing, so errors point at the right column.
 */
export interface PromqlTree {
  /** The padded text that was parsed; same length as the author's. */
  readonly text: string;
  readonly root: SyntaxNode;
}

export interface PromqlError {
  /** 0-based offset in the author's text. */
  readonly offset: number;
  readonly message: string;
}

const TEMPLATE = /\{\{\s*\.window\s*\}\}/g;

/**
 * Replaces Sloth's `{{.window}}` by a duration of the same length (`5m` padded with leading zeros).
 * @example padTemplate("x[{{.window}}]") // "x[0000000005m]"
 */
export function padTemplate(query: string): string {
  return query.replace(TEMPLATE, (found) => `${"5".padStart(found.length - 1, "0")}m`);
}

/**
 * Replaces `{{.window}}` by a duration as people write it.
 * @example fillTemplate("x[{{.window}}]", "5m") // "x[5m]"
 */
export function fillTemplate(query: string, window: string): string {
  return query.replace(TEMPLATE, window);
}

const STRING_OR_COMMENT = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*/g;

/**
 * Replaces comments by as many blanks, so that places stay.
 * @example blankComments("up # all\n+ 1") // "up      \n+ 1"
 */
export function blankComments(query: string): string {
  return query.replace(STRING_OR_COMMENT, (found) =>
    found.startsWith("#") ? " ".repeat(found.length) : found,
  );
}

/**
 * Parses a query; on a syntax error gives the first place that is wrong.
 * @example parsePromql("sum(") // { error: { offset: 4, message: "the query ends too early" } }
 */
export function parsePromql(query: string): { tree: PromqlTree } | { error: PromqlError } {
  const text = blankComments(padTemplate(query));
  const tree = parser.parse(text);
  const error = firstError(tree, text);
  if (error) return { error };
  const root = tree.topNode.firstChild;
  if (!root) return { error: { offset: 0, message: "the query is empty" } };
  return { tree: { text, root } };
}

function firstError(tree: Tree, text: string): PromqlError | null {
  let error: PromqlError | null = null;
  tree.iterate({
    enter(node) {
      if (error) return false;
      if (!node.type.isError) return true;
      const rest = text.slice(node.from, node.from + 20).trim();
      error = {
        offset: node.from,
        message: rest ? `not PromQL at “${rest}”` : "the query ends too early",
      };
      return false;
    },
  });
  return error;
}

/**
 * The text of a node.
 * @example textOf(tree of "a / b", { from: 0, to: 1 }) // "a"
 */
export function textOf(tree: PromqlTree, node: { from: number; to: number }): string {
  return tree.text.slice(node.from, node.to);
}

/**
 * Every node below (and including) `root` of the given type, in source order.
 * @example findAll(root of "a / b", "VectorSelector").length // 2
 */
export function findAll(root: SyntaxNode, type: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  root.cursor().iterate((node) => {
    if (node.from < root.from || node.to > root.to) return false;
    if (node.name === type) found.push(node.node);
    return true;
  });
  return found;
}
