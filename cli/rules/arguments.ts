import { InvalidArgumentError } from "commander";
import { isFreeLabel } from "#lib/rules/labels.ts";
import { parseDuration } from "#lib/time/duration.ts";

export type Pairs = Readonly<Record<string, string>>;

/** `name=value`, added to those before; the value may be empty and hold `=`. */
export function pair(text: string, before: Pairs): Pairs {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError("write name=value, such as cluster=eu");
  }
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`${name} is given twice`);
  return { ...before, [name]: value };
}

/** A label of every rule: none that the rules set themselves. */
export function extraLabel(text: string, before: Pairs): Pairs {
  const all = pair(text, before);
  const [name = ""] = Object.keys(all).slice(-1);
  if (isFreeLabel(name)) return all;
  throw new InvalidArgumentError(
    `${name} cannot be a label: write letters, digits and _, and none of service, slo, team, tier, severity, alertname, alertstate`,
  );
}

/** How addresses of Plimsoll begin: http or https, without a path. */
export function origin(text: string): string {
  const url = URL.parse(text);
  const bare = url && url.pathname === "/" && !url.search && !url.hash && !url.username;
  if (bare && /^https?:$/.test(url.protocol)) return url.origin;
  throw new InvalidArgumentError(
    "must be an http:// or https:// address without a path, such as https://plimsoll.example",
  );
}

const LONGEST_MS = 5 * 60_000;

/** A scrape interval in milliseconds, above 0 and at most 5 minutes. */
export function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null && ms > 0 && ms <= LONGEST_MS) return ms;
  throw new InvalidArgumentError("must be a duration of at most 5m, such as 30s");
}
