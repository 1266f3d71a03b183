import { yamlLanguage } from "@codemirror/lang-yaml";
import { LRLanguage } from "@codemirror/language";
import {
  type Input,
  Parser,
  type PartialParse,
  parseMixed,
  type SyntaxNodeRef,
  type TreeFragment,
} from "@lezer/common";
import { LanguageType, promQLLanguage } from "@prometheus-io/codemirror-promql";
import { holdsQuery, plainQuery } from "#lib/editor/queries.ts";

/** PromQL as it stands in documents: the language that gives colours and completion inside queries. */
export const promql = promQLLanguage(LanguageType.PromQL);

/** A part of the document, put in another spelling of the same length. */
class Respelt implements Input {
  readonly length: number;
  readonly lineChunks = false;
  readonly #from: number;
  readonly #text: string;

  constructor(length: number, from: number, text: string) {
    this.length = length;
    this.#from = from;
    this.#text = text;
  }

  chunk(from: number): string {
    return this.#text.slice(from - this.#from);
  }

  read(from: number, to: number): string {
    return this.#text.slice(from - this.#from, to - this.#from);
  }
}

/** Reads a query with its quotes and templates made plain first. */
class QueryParser extends Parser {
  override createParse(
    input: Input,
    _fragments: readonly TreeFragment[],
    ranges: readonly { from: number; to: number }[],
  ): PartialParse {
    const [from, to] = [ranges[0]?.from ?? 0, ranges.at(-1)?.to ?? 0];
    const text = plainQuery(input.read(from, to));
    return promql.parser.startParse(new Respelt(input.length, from, text), [], ranges);
  }
}

const queryParser = new QueryParser();
const TEXTS = new Set(["Literal", "QuotedLiteral", "BlockLiteralContent"]);

/** YAML whose queries are read as PromQL. */
export const documentLanguage = LRLanguage.define({
  name: "slo-document",
  parser: yamlLanguage.parser.configure({
    wrap: parseMixed((node, input) => (isQuery(node, input) ? { parser: queryParser } : null)),
  }),
  languageData: { commentTokens: { line: "#" }, indentOnInput: /^\s*[\]}]$/ },
});

function isQuery(node: SyntaxNodeRef, input: Input): boolean {
  if (!TEXTS.has(node.name)) return false;
  const value = node.name === "BlockLiteralContent" ? node.node.parent : node.node;
  const pair = value?.parent;
  const key = pair?.name === "Pair" ? pair.getChild("Key") : null;
  if (!key) return false;
  return holdsQuery(input.read(key.from, key.to).replaceAll(/["']/g, ""));
}
