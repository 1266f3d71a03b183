import { span } from "#lib/format/numbers.ts";

/** How moments are spelt: short, unambiguous, 24 hours. Epoch ms and an IANA zone in, text out. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
  formats.set(key, made);
  return made;
}

/**
 * Day, month and minute. Without a year: what is shown is never older than the history that is kept.
 * @example dateTime(1_795_233_742_000, "UTC") // "21 Nov, 04:02"
 */
export function dateTime(at: number, zone: string): string {
  return formatOf(zone, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

/**
 * The day alone, for moments whose minute matters to nobody.
 * @example day(1_795_233_742_000, "UTC") // "21 Nov"
 */
export function day(at: number, zone: string): string {
  return formatOf(zone, { day: "numeric", month: "short" }).format(at);
}

/**
 * The minute alone.
 * @example timeOfDay(1_795_233_742_000, "UTC") // "04:02"
 */
export function timeOfDay(at: number, zone: string): string {
  return formatOf(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/**
 * How long ago, or in how long; within 10 s of now it is "just now".
 * @example ago(now - 3_600_000, now) // "1 h ago"
 */
export function ago(at: number, now: number): string {
  const ms = now - at;
  if (Math.abs(ms) < 10_000) return "just now";
  return ms > 0 ? `${span(ms)} ago` : `in ${span(-ms)}`;
}
