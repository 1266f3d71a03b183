import { type Document, parseAllDocuments } from "yaml";
import { SEEDS } from "#lib/convert/mutants.ts";
import { fillTemplate } from "#lib/promql/tree.ts";
import type { Dialect, LocatedSlo, ReadDocument } from "#lib/spec/model.ts";

/** What a text says by a YAML reader alone: names of fields, texts and numbers, wherever they stand. */
interface Said {
  readonly names: Set<string>;
  readonly texts: Set<string>;
  readonly numbers: Set<number>;
}

/** Under these stand names of people's own. */
const FREE = new Set(["labels", "annotations", "options"]);

const KNOWN = new Set(SEEDS.flatMap((seed) => [...said(seed).names]));

/**
 * Where SLOs that were read without an error do not say what their text says, in a sentence; null when
 * they do. It is another, coarser way to read a text: nothing of the reader itself is used.
 * @example faultyMeaning("service: api …", document) // "the name web stands nowhere in the text"
 */
export function faultyMeaning(
  text: string,
  { slos, findings, dialect }: ReadDocument,
): string | null {
  if (slos.length === 0) return null;
  const all = said(text);
  const stray = [...all.names].find((name) => !KNOWN.has(name));
  const whole = findings.every(({ severity }) => severity !== "error");
  if (whole && stray !== undefined) return `the field ${stray} was let through`;
  const assumed = findings.some(({ code }) => code === "objective-assumed");
  for (const slo of slos) {
    const fault = unsaid(slo, all, assumed) ?? unsaidQuery(slo, all, dialect);
    if (fault) return fault;
  }
  return null;
}

function unsaid({ definition }: LocatedSlo, all: Said, assumed: boolean): string | null {
  const { service, name, objective, sli } = definition;
  const stranger = [service, name].find((slug) => !all.texts.has(slug));
  if (stranger !== undefined) return `the name ${stranger} stands nowhere in the text`;
  if (!assumed && !hasShare(all.numbers, objective)) {
    return `the objective ${objective} stands nowhere in the text`;
  }
  if (sli.kind === "threshold" && !hasShare(all.numbers, sli.threshold)) {
    return `the limit ${sli.threshold} stands nowhere in the text`;
  }
  return null;
}

/** Other dialects put queries together from selectors. */
const VERBATIM: readonly (Dialect | null)[] = ["plain", "sloth", "sloth-crd"];

function unsaidQuery({ definition: { sli } }: LocatedSlo, all: Said, dialect: Dialect | null) {
  if (!VERBATIM.includes(dialect)) return null;
  const queries = sli.kind === "events" ? [sli.numerator, sli.total] : [sli.query];
  const texts = [...all.texts];
  const stranger = queries.find((query) => !texts.some((text) => text.includes(query)));
  return stranger === undefined ? null : `the query ${stranger} stands nowhere in the text`;
}

/** As a ratio or in percent, in which a binary fraction may be a little off. */
function hasShare(numbers: ReadonlySet<number>, share: number): boolean {
  const isNear = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));
  return [...numbers].some((number) => isNear(number, share) || isNear(number / 100, share));
}

function said(text: string): Said {
  const all: Said = { names: new Set(), texts: new Set(), numbers: new Set() };
  const documents = parseAllDocuments(text, { logLevel: "silent" });
  for (const document of Array.isArray(documents) ? documents : []) {
    if (document.errors.length === 0) gather(contentOf(document), all);
  }
  return all;
}

/** Nothing where an alias leads nowhere: such a document is not read either. */
function contentOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch {
    return null;
  }
}

function gather(value: unknown, all: Said): void {
  if (typeof value === "number") all.numbers.add(value);
  if (typeof value === "string") gatherText(value, all);
  if (Array.isArray(value)) for (const item of value) gather(item, all);
  else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      all.names.add(name);
      gather(inner, FREE.has(name) ? { ...all, names: new Set() } : all);
    }
  }
}

/** Pyrra writes its numbers in quotes. */
function gatherText(text: string, all: Said): void {
  const trimmed = text.trim();
  all.texts.add(fillTemplate(trimmed, "5m"));
  const number = Number(trimmed.replace(/%$/, ""));
  if (trimmed !== "" && Number.isFinite(number)) all.numbers.add(number);
}
