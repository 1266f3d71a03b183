import type { Located } from "#lib/spec/located.ts";
import { openFile } from "#lib/spec/open.ts";
import { readDocument } from "#lib/spec/read.ts";

/** What may be written at a place, and what stands there already. */
export interface FieldChoice {
  readonly name: string;
  readonly taken: boolean;
}

/** A field that no dialect has, and that is like none of theirs. */
const PROBE = "qqqqqqqqqqqqqqqqqqqq";
const FILE = "document";
/** Which dialect it is follows from the first of these that is written. */
const FIRST = ["service", "slos", "version", "apiVersion", "kind"];

/**
 * The fields that the reader would take at an offset where a field's name is being written, in its own
 * order: it is asked itself, with an unknown field in that place, so that the two never disagree.
 * Empty where no field may stand or the text around is no YAML.
 * @example fieldsAt("service: api\nslos:\n  - na", 25)?.choices[0] // { name: "name", taken: false }
 */
export function fieldsAt(
  text: string,
  offset: number,
): { readonly from: number; readonly choices: readonly FieldChoice[] } | null {
  const place = placeOf(text, offset);
  if (!place) return null;
  const probed = `${text.slice(0, place.from)}${PROBE}:${text.slice(place.to)}`;
  const { findings } = readDocument(FILE, probed);
  const found = findings.find(({ code, path }) => code === "unknown-field" && isProbe(path));
  if (!found) return place.indent === 0 ? { from: place.from, choices: firstFields(text) } : null;
  const names = /known here: (.*)$/.exec(found.message)?.[1]?.split(", ") ?? [];
  const taken = namesBeside(probed, found.path);
  const choices = names.map((name) => ({ name, taken: taken.has(name) }));
  return { from: place.from, choices };
}

function isProbe(path: string): boolean {
  return path === PROBE || path.endsWith(`.${PROBE}`);
}

function firstFields(text: string): FieldChoice[] {
  return FIRST.map((name) => ({ name, taken: new RegExp(`^${name}:`, "m").test(text) }));
}

interface PlaceOfField {
  readonly from: number;
  readonly to: number;
  readonly indent: number;
}

/** The part of a line where a field's name stands: after its indentation and the dashes of a list. */
function placeOf(text: string, offset: number): PlaceOfField | null {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const line = /[^\r\n]*/.exec(text.slice(start))?.[0] ?? "";
  const [, before = "", word = "", rest = ""] = /^((?:\s|- )*)([\w-]*)(.*)$/.exec(line) ?? [];
  const from = start + before.length;
  const inWord = offset >= from && offset <= from + word.length;
  if (!inWord || !/^\s*(:.*)?$/.test(rest)) return null;
  return { from, to: start + line.length, indent: before.length };
}

/** The names in the map that holds the probe. */
function namesBeside(text: string, path: string): Set<string> {
  const { roots } = openFile({ file: FILE, text });
  const names = roots.flatMap(({ node }) => siblings(node, path) ?? []);
  return new Set(names);
}

function siblings(node: Located, path: string): string[] | null {
  if (node.kind === "list") {
    return node.items.map((item) => siblings(item, path)).find((found) => found !== null) ?? null;
  }
  if (node.kind !== "map") return null;
  const keys = [...node.entries.values()];
  if (keys.some(({ key }) => key.path === path)) return [...node.entries.keys()];
  return keys.map(({ value }) => siblings(value, path)).find((found) => found !== null) ?? null;
}
