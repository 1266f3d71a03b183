import { SLO_STATES, type SloState } from "#lib/slo/status.ts";

/** What the filter box of the fleet asks for. */
export interface FleetFilter {
  readonly team?: string;
  readonly service?: string;
  readonly state?: SloState;
  /** Part of a name: what stands outside the facets. */
  readonly search?: string;
  /** What cannot be understood, one sentence each; such words do not filter. */
  readonly problems: readonly string[];
}

const FACETS = ["team", "service", "state"] as const;
type Facet = (typeof FACETS)[number];

/** A facet's value or a word; a quoted one may hold spaces. */
const WORD = /^(?:([a-z]+):)?(?:"([^"]*)"?|(\S*))/i;

interface Word {
  readonly facet: string | null;
  readonly value: string;
}

/**
 * Reads `team:checkout state:exhausted latency`. Values with spaces are quoted; the last of two equal
 * facets counts; an unknown facet or state is a problem and not a search.
 * @example parseFilter("state:exhausted latency") // { state: "exhausted", search: "latency", problems: [] }
 */
export function parseFilter(text: string): FleetFilter {
  const words = wordsOf(text);
  const problems = words.flatMap(problemOf);
  const known = words.filter((word) => problemOf(word).length === 0);
  const last = (facet: Facet) => known.findLast((word) => word.facet === facet)?.value;
  const search = known.filter(({ facet }) => facet === null).map(({ value }) => value);
  return {
    ...optional("team", last("team")),
    ...optional("service", last("service")),
    ...optional("state", stateOf(last("state") ?? "")),
    ...optional("search", search.join(" ") || undefined),
    problems,
  };
}

/**
 * The text with one facet set, or taken away with null; other words stay as they are.
 * @example withFacet("latency", "state", "exhausted") // "state:exhausted latency"
 */
export function withFacet(text: string, facet: Facet, value: string | null): string {
  const rest = wordsOf(text).filter((word) => word.facet !== facet);
  const words = value === null ? rest : [{ facet, value }, ...rest];
  return words.map(spell).join(" ");
}

function wordsOf(text: string): Word[] {
  return text
    .split(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .filter((part) => part !== "")
    .map(wordOf);
}

function wordOf(part: string): Word {
  const [, facet, quoted, bare] = WORD.exec(part) ?? [];
  return { facet: facet?.toLowerCase() ?? null, value: quoted ?? bare ?? "" };
}

function problemOf({ facet, value }: Word): string[] {
  if (facet === null) return [];
  if (!FACETS.some((known) => known === facet)) {
    return [`There is no facet "${facet}": use team:, service: or state:.`];
  }
  if (value === "") return [`${facet}: needs a value.`];
  if (facet === "state" && !stateOf(value)) {
    return [`There is no state "${value}": use ${SLO_STATES.join(", ")}.`];
  }
  return [];
}

/** "At risk" and "at-risk" are the same to whoever types them. */
function stateOf(value: string): SloState | undefined {
  const wanted = value.toLowerCase().replace(/\s+/g, "-");
  return SLO_STATES.find((state) => state === wanted);
}

function spell({ facet, value }: Word): string {
  const text = /[\s:"]/.test(value) || value === "" ? `"${value}"` : value;
  return facet === null ? text : `${facet}:${text}`;
}

function optional<K extends string, V>(key: K, value: V | undefined) {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
