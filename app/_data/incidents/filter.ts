import {
  FILTER_FIELDS,
  type FilterField,
  type FilterFields,
  type FilterMistakes,
} from "#components/incidents/view.ts";
import type { Severity } from "#lib/dora/facts.ts";
import { DAY } from "#lib/time/duration.ts";

/** What an address asks for. */
export interface AskedIncidents {
  /** As written, for the form. */
  readonly fields: FilterFields;
  readonly severity: Severity | null;
  readonly state: "open" | "resolved" | null;
  readonly from: number | null;
  readonly to: number | null;
  /** From 1. */
  readonly page: number;
  /** What is wrong with which field; nothing is listed while there is anything. */
  readonly mistakes: FilterMistakes;
}

const LONGEST = 200;
const SEVERITIES = new Map<string, Severity>([
  ["SEV1", "SEV1"],
  ["SEV2", "SEV2"],
  ["SEV3", "SEV3"],
]);

/** Of a field that is given twice the first counts. A day is one of UTC, both ends included. */
export function askedIncidents(address: URLSearchParams): AskedIncidents {
  const of = (name: string) => (address.get(name) ?? "").trim();
  const fields: FilterFields = {
    service: of("service"),
    team: of("team"),
    severity: of("severity"),
    state: of("state"),
    from: of("from"),
    to: of("to"),
  };
  const to = startOfDay(fields.to);
  return {
    fields,
    severity: SEVERITIES.get(fields.severity) ?? null,
    state: fields.state === "open" || fields.state === "resolved" ? fields.state : null,
    from: startOfDay(fields.from),
    to: to === null ? null : to + DAY,
    page: /^[1-9]\d{0,4}$/.test(of("page")) ? Number(of("page")) : 1,
    mistakes: mistakesIn(fields),
  };
}

function mistakesIn(fields: FilterFields): FilterMistakes {
  const found = FILTER_FIELDS.flatMap((name) => {
    const mistake = fields[name] === "" ? null : mistakeIn(name, fields[name]);
    return mistake === null ? [] : [[name, mistake]];
  });
  const backwards = fields.from !== "" && fields.to !== "" && fields.to < fields.from;
  if (found.length === 0 && backwards) return { to: "The last day is before the first." };
  return Object.fromEntries(found);
}

function mistakeIn(name: FilterField, text: string): string | null {
  switch (name) {
    case "from":
    case "to":
      return startOfDay(text) === null ? "Write a day as 2026-11-21." : null;
    case "severity":
      return SEVERITIES.has(text) ? null : "Choose SEV1, SEV2 or SEV3.";
    case "state":
      return text === "open" || text === "resolved" ? null : "Choose open or resolved.";
    default:
      if (text.length > LONGEST) return `At most ${LONGEST} characters.`;
      return /\p{C}/u.test(text) ? "Leave out control characters." : null;
  }
}

/** Epoch ms; null for what is not a day of the calendar. */
function startOfDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : at;
}
