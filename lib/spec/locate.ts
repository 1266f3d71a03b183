import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  type LineCounter,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { ErrorCode } from "#lib/spec/codes.ts";
import { type Entry, fieldPath, type Key, type Located, type Position } from "#lib/spec/located.ts";
import { positionIn } from "#lib/spec/positionIn.ts";

export interface SourceText {
  readonly source: string;
  readonly lines: LineCounter;
}

/** Aliases may repeat parts; a "billion laughs" document ends here. */
const MAX_VALUES = 50_000;
const MAX_DEPTH = 50;

/**
 * A parsed YAML document as located values. Aliases are followed (positions are those of the anchor);
 * ones that lead to themselves, to nothing or to too much, and tags, become `broken` values.
 * @example locate(parseDocument("a: 1"), text).kind // "map"
 */
export function locate(document: Document.Parsed, text: SourceText): Located {
  return new Locator(text).locate(document.contents, { path: "", depth: 0 });
}

interface Place {
  readonly path: string;
  readonly depth: number;
}

class Locator {
  readonly #text: SourceText;
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #values = 0;

  constructor(text: SourceText) {
    this.#text = text;
  }

  locate(node: Node | null, place: Place): Located {
    const base = { ...this.#position(node?.range?.[0] ?? 0), path: place.path };
    const broken = (code: ErrorCode, problem: string): Located => ({
      ...base,
      kind: "broken",
      code,
      problem,
    });
    if (++this.#values > MAX_VALUES)
      return broken("too-large", "repeats too much by aliases; write less");
    if (place.depth > MAX_DEPTH)
      return broken("too-deep", "is nested too deeply for an SLO document");
    if (node === null) return { ...base, kind: "empty" };
    if (isAlias(node)) return this.#follow(node, place, base);
    if (isForeignTag(node.tag))
      return broken("yaml-tag", `has the tag ${node.tag}; tags are not supported, take it out`);
    if (node.anchor) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return { ...base, ...this.#scalar(node) };
    this.#open.add(node);
    const content = isMap(node) ? this.#map(node, place) : this.#list(node as YAMLSeq, place);
    this.#open.delete(node);
    return { ...base, ...content };
  }

  #follow(alias: Alias, place: Place, base: Key): Located {
    const target = this.#anchors.get(alias.source);
    const broken = (problem: string): Located => ({
      ...base,
      kind: "broken",
      code: "yaml-alias",
      problem,
    });
    if (!target)
      return broken(
        `there is no anchor &${alias.source} before this alias; write one or the value itself`,
      );
    if (this.#open.has(target))
      return broken(`the alias *${alias.source} contains itself; write the value out`);
    return this.locate(target, place);
  }

  #scalar(node: Scalar): ScalarContent {
    const { value } = node;
    if (value === null || value === undefined) return { kind: "empty" };
    if (typeof value === "boolean") return { kind: "boolean", value };
    if (typeof value === "number")
      return { kind: "number", value, written: node.source ?? String(value) };
    const text = String(value);
    const at = (offset: number) => this.#position(positionIn(this.#text.source, node, offset));
    return { kind: "text", value: text, at };
  }

  #list(node: YAMLSeq, place: Place): { kind: "list"; items: Located[] } {
    const items = node.items.map((item, i) => {
      const inner = { path: `${place.path}[${i}]`, depth: place.depth + 1 };
      return this.locate(isPair(item) ? null : (item as Node | null), inner);
    });
    return { kind: "list", items };
  }

  #map(node: YAMLMap, place: Place): { kind: "map"; entries: Map<string, Entry>; repeated: Key[] } {
    const entries = new Map<string, Entry>();
    const repeated: Key[] = [];
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const name = isScalar(pair.key) ? String(pair.key.value ?? "") : "";
      const path = fieldPath(place.path, name);
      const key = { ...this.#position(pair.key?.range?.[0] ?? node.range?.[0] ?? 0), path };
      if (entries.has(name)) repeated.push(key);
      const value = this.locate(pair.value, { path, depth: place.depth + 1 });
      // An empty value stands nowhere: its key is the place to show.
      const shown = value.kind === "empty" ? { ...value, ...key } : value;
      entries.set(name, { key, value: shown });
    }
    return { kind: "map", entries, repeated };
  }

  #position(offset: number): Position {
    const { line, col } = this.#text.lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}

type ScalarContent =
  | { kind: "empty" }
  | { kind: "boolean"; value: boolean }
  | { kind: "number"; value: number; written: string }
  | { kind: "text"; value: string; at: (offset: number) => Position };

/** The core schema's own tags change nothing; others would need code to mean something. */
function isForeignTag(tag: string | undefined): boolean {
  return tag !== undefined && !/^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/.test(tag);
}
