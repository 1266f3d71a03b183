import { type Document, LineCounter, parseAllDocuments } from "yaml";
import type { Findings } from "#lib/spec/findings.ts";
import { locate } from "#lib/spec/locate.ts";
import type { Located } from "#lib/spec/located.ts";

/** Larger files are not SLO documents but mistakes. */
const MAX_CHARACTERS = 512 * 1024;

/** Broken YAML breaks again and again after the first place; more than this helps nobody. */
const MAX_SYNTAX_ERRORS = 10;

/**
 * The documents of a YAML 1.2 or JSON file as located values, empty ones left out. A document whose
 * syntax is broken is reported and left out, the others are kept.
 * @example parseYaml("a: 1\n---\nb: 2\n", findings) // [map with a, map with b]
 */
export function parseYaml(text: string, findings: Findings): Located[] {
  const top = { line: 1, column: 1, path: "" };
  if (text.length > MAX_CHARACTERS) {
    findings.error(
      top,
      "too-large",
      `has ${text.length} characters, at most ${MAX_CHARACTERS} are read; split it`,
    );
    return [];
  }
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const lines = new LineCounter();
  const documents = parseAllDocuments(source, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
  });
  // An empty file gives an empty array with another type.
  const all: Document.Parsed[] = Array.isArray(documents) ? documents : [];
  return all
    .filter((document) => !reportSyntax(document, lines, findings))
    .map((document) => locate(document, { source, lines }))
    .filter((root) => root.kind !== "empty");
}

/** Reports what is not YAML, a line at most once; true when there was something. */
function reportSyntax(document: Document.Parsed, lines: LineCounter, findings: Findings): boolean {
  const seen = new Set<number>();
  for (const { code, message, pos } of document.errors) {
    const { line, col } = lines.linePos(pos[0]);
    if (seen.has(line) || seen.size === MAX_SYNTAX_ERRORS) continue;
    seen.add(line);
    findings.error(
      { line, column: col, path: "" },
      "yaml-syntax",
      SENTENCES[code] ?? `is not YAML: ${message}`,
    );
  }
  const { version, explicit } = document.directives.yaml;
  if (explicit && version !== "1.2") {
    const sentence = `is marked as YAML ${version}; take the %YAML line out, documents are read as YAML 1.2`;
    findings.error({ line: 1, column: 1, path: "" }, "yaml-syntax", sentence);
    return true;
  }
  return seen.size > 0;
}

const SENTENCES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "is indented with a tab; YAML wants spaces",
  BAD_INDENT: "is not indented as its neighbours, or a bracket before it is not closed; line it up",
  MISSING_CHAR: "something is missing here: a closing quote or bracket, or the colon after a name",
  BLOCK_AS_IMPLICIT_KEY: "has a second “: ” in one line; put the value in quotes",
  BAD_SCALAR_START: "begins with a character that YAML reserves; put the value in quotes",
  BAD_DQ_ESCAPE: "has a “\\” that YAML does not know; double it or use single quotes",
  MULTILINE_IMPLICIT_KEY: "goes over several lines without a colon; check indentation and quotes",
  UNEXPECTED_TOKEN: "is not expected here; check the indentation, quotes and colons around it",
  NON_STRING_KEY: "is not a name; the names of fields must be text",
  RESOURCE_EXHAUSTION: "is nested too deeply to be an SLO document",
};
