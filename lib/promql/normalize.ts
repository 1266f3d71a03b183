/** Strings as they are, comments, white space, or one other character. */
const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*|\s+|./gs;
const GAP = /^(?:#|\s)/;
const PUNCTUATION = /[()[\]{},=!~<>+\-*/%^:]/;

/**
 * A query without comments and without white space that means nothing; white space in strings and
 * between words stays. For comparing, not for sending.
 * @example normalizeQuery("sum by (le) ( rate(x[5m]) )") // "sum by(le)(rate(x[5m]))"
 */
export function normalizeQuery(query: string): string {
  let text = "";
  let gap = false;
  for (const [token] of query.matchAll(TOKEN)) {
    if (GAP.test(token)) {
      gap = text !== "";
      continue;
    }
    const glued = PUNCTUATION.test(token[0] ?? "") || PUNCTUATION.test(text.at(-1) ?? "");
    text += gap && !glued ? ` ${token}` : token;
    gap = false;
  }
  return text;
}
