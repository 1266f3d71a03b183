import type { PullNode } from "#collectors/github/schema.ts";

/**
 * Whether a file lies where a glob says: `*` and `?` within a folder, `**` over folders, and a glob that
 * ends with a slash names all below it.
 */
export function isWithin(path: string, glob: string): boolean {
  return patternOf(glob).test(path);
}

const PARTS = /\*\*\/|\*\*|\*|\?|[^*?]+/g;

const MEANINGS = new Map([
  ["**/", "(?:.*/)?"],
  ["**", ".*"],
  ["*", "[^/]*"],
  ["?", "[^/]"],
]);

const patterns = new Map<string, RegExp>();

function patternOf(glob: string): RegExp {
  const known = patterns.get(glob);
  if (known) return known;
  const whole = glob.replace(/^\.?\//, "").replace(/\/$/, "/**");
  const parts = whole.match(PARTS) ?? [];
  const source = parts.map((part) => MEANINGS.get(part) ?? escaped(part)).join("");
  const made = new RegExp(`^${source}$`);
  patterns.set(glob, made);
  return made;
}

function escaped(text: string): string {
  return text.replace(/[.+^${}()|[\]\\]/g, "\\$&");
}

/** Whether a pull request may have changed files there; of one with more files than were read, it may. */
export function touches(paths: readonly string[] | null, pull: PullNode | null): boolean {
  if (paths === null || !pull?.files || pull.files.pageInfo.hasNextPage) return true;
  return pull.files.nodes.some(({ path }) => paths.some((glob) => isWithin(path, glob)));
}
