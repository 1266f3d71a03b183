import type { AuditCursor, AuditFilter } from "#db/reads/audit.ts";
import { DAY } from "#lib/time/duration.ts";

/** The fields of the form, as they stand in the address. */
export const FIELDS = ["who", "action", "subject", "team", "from", "to"] as const;
export type Field = (typeof FIELDS)[number];
export type Fields = Readonly<Record<Field, string>>;

export interface AskedFilter {
  /** As written, for the form. */
  readonly fields: Fields;
  readonly filter: AuditFilter;
  /** What is wrong with which field; nothing is read while there is anything. */
  readonly mistakes: Readonly<Partial<Record<Field, string>>>;
}

const LONGEST = 200;
const TEXTS = ["who", "action", "subject", "team"] as const;

/** The filter that an address asks for. A day is one of UTC, both ends included. */
export function askedFilter(address: URLSearchParams): AskedFilter {
  const of = (name: Field) => (address.get(name) ?? "").trim();
  const fields = Object.fromEntries(FIELDS.map((name) => [name, of(name)])) as Fields;
  const texts = TEXTS.filter((name) => fields[name] !== "");
  const from = startOfDay(fields.from);
  const to = startOfDay(fields.to);
  return {
    fields,
    filter: {
      ...Object.fromEntries(texts.map((name) => [name, fields[name]])),
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to: to + DAY }),
    },
    mistakes: mistakesIn(fields),
  };
}

function mistakesIn(fields: Fields): AskedFilter["mistakes"] {
  const found = FIELDS.flatMap((name) => {
    const mistake = mistakeIn(name, fields[name]);
    return mistake === null ? [] : [[name, mistake]];
  });
  const backwards = fields.from !== "" && fields.to !== "" && fields.to < fields.from;
  if (found.length === 0 && backwards) return { to: "The last day is before the first." };
  return Object.fromEntries(found);
}

function mistakeIn(name: Field, text: string): string | null {
  if (text === "") return null;
  if (name === "from" || name === "to") {
    return startOfDay(text) === null ? "Write a day as 2026-11-21." : null;
  }
  if (text.length > LONGEST) return `At most ${LONGEST} characters.`;
  return /\p{C}/u.test(text) ? "Leave out control characters." : null;
}

/** Epoch ms; null for what is not a day of the calendar. */
function startOfDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : at;
}

/** The same filter as an address, without what is empty. */
export function addressOf(fields: Partial<Fields>, after?: AuditCursor): string {
  const written = FIELDS.flatMap((name) => (fields[name] ? [[name, fields[name]]] : []));
  const all = after ? [...written, ["after", `${after.at}.${after.id}`]] : written;
  return new URLSearchParams(all).toString();
}

/** Where a page begins; null for the newest, also when the text is none of ours. */
export function askedCursor(address: URLSearchParams): AuditCursor | null {
  const parts = /^(\d{1,15})\.(\d{1,15})$/.exec(address.get("after") ?? "");
  return parts ? { at: Number(parts[1]), id: Number(parts[2]) } : null;
}
