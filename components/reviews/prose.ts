/** Notes are Markdown of which little is read: paragraphs, headings, lists, and links. The rest is text. */

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: "paragraph" | "heading"; readonly content: readonly Inline[] }
  | {
      readonly kind: "list";
      readonly ordered: boolean;
      readonly items: readonly (readonly Inline[])[];
    };

const BULLET = /^\s*[-*+]\s+(.*)$/;
const NUMBER = /^\s*\d{1,9}[.)]\s+(.*)$/;
const HEADING = /^#{1,6}\s+(.*)$/;

/** Blocks of a text; empty for an empty one. Nothing in it can become markup but what is named here. */
export function parseProse(text: string): Block[] {
  return text
    .split(/\n[ \t]*\n/)
    .flatMap((part) => runsOf(part.split("\n").filter((line) => line.trim() !== "")))
    .map(blockOf);
}

type Kind = "heading" | "bullets" | "numbers" | "paragraph";

interface Run {
  readonly kind: Kind;
  readonly lines: readonly string[];
}

/** Neighbouring lines of one kind belong together. */
function runsOf(lines: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (const line of lines) {
    const kind = kindOf(line);
    const last = runs.at(-1);
    if (last?.kind === kind && kind !== "heading") {
      runs[runs.length - 1] = { kind, lines: [...last.lines, line] };
    } else {
      runs.push({ kind, lines: [line] });
    }
  }
  return runs;
}

function kindOf(line: string): Kind {
  if (HEADING.test(line)) return "heading";
  if (BULLET.test(line)) return "bullets";
  return NUMBER.test(line) ? "numbers" : "paragraph";
}

function blockOf({ kind, lines }: Run): Block {
  const rest = (pattern: RegExp) => lines.map((line) => inlinesOf(pattern.exec(line)?.[1] ?? line));
  if (kind === "heading") return { kind, content: rest(HEADING).flat() };
  if (kind === "paragraph") return { kind, content: inlinesOf(lines.join(" ")) };
  const ordered = kind === "numbers";
  return { kind: "list", ordered, items: rest(ordered ? NUMBER : BULLET) };
}

/** A link with words, bold words, or an address that stands by itself. */
const INLINE =
  /\[([^\]\n]{1,300})\]\((https?:\/\/[^\s)]+)\)|\*\*([^*\n]+)\*\*|(https?:\/\/[^\s<>)]+)/g;

function inlinesOf(text: string): Inline[] {
  const found: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) found.push({ kind: "text", text: text.slice(at, match.index) });
    found.push(inlineOf(match));
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ kind: "text", text: text.slice(at) });
  return found;
}

function inlineOf([whole, words, target, strong]: RegExpExecArray): Inline {
  if (strong !== undefined) return { kind: "strong", text: strong };
  const href = target ?? whole;
  return isWeb(href) ? { kind: "link", text: words ?? href, href } : { kind: "text", text: whole };
}

function isWeb(href: string): boolean {
  const url = URL.parse(href);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:");
}
