import { isSloName } from "#lib/instances/name.ts";
import { tiersOf } from "#lib/slo/tiers.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { isSlug } from "#lib/spec/names.ts";

/** A firing that a link leads to. Times in epoch ms. */
export interface LinkedFiring {
  readonly startsAt: number;
  /** Null while it fires. */
  readonly endsAt: number | null;
  readonly tier: string | null;
}

/** What a link of an alert says; null = not said. Times in epoch ms. */
export interface AlertLink {
  readonly service: string;
  readonly slo: string;
  readonly startsAt: number | null;
  readonly fingerprint: string | null;
  readonly instance: string | null;
  readonly tier: string | null;
}

export type ReadLink =
  | { readonly link: AlertLink; readonly problem: null }
  /** Why it cannot be followed, and the SLO that it names all the same. */
  | {
      readonly link: null;
      readonly problem: string;
      readonly named: Pick<AlertLink, "service" | "slo"> | null;
    };

type Asked = Readonly<Record<string, string | readonly string[] | undefined>>;

const PARTS = ["slo", "startsAt", "fingerprint", "instance", "tier"] as const;
const LONGEST = 1_000;

/**
 * Reads the query of an alert's link, or says in one sentence what is wrong with it. An empty value is
 * one that a template could not fill: it is not said. `startsAt` is ISO 8601, or seconds or ms since 1970.
 * @example readLink({ slo: "checkout/availability" }).link?.service // "checkout"
 */
export function readLink(asked: Asked): ReadLink {
  const said = new Map<string, string>();
  const wrong = (problem: string): ReadLink => ({ link: null, problem, named: named(said) });
  for (const part of PARTS) {
    const value = asked[part];
    if (typeof value === "object") return wrong(`“${part}” is given more than once.`);
    if (value === undefined || value === "") continue;
    if (value.length > LONGEST || hasControl(value)) return wrong(`“${part}” cannot be read.`);
    said.set(part, value);
  }
  const slo = said.get("slo");
  if (slo === undefined)
    return wrong("The link does not say which SLO: it needs slo=service/name.");
  const names = named(said);
  if (!names) return wrong(`“${slo}” names no SLO: it must be service/name.`);
  const startsAt = said.has("startsAt") ? timeOf(said.get("startsAt") ?? "") : null;
  if (startsAt === undefined) {
    return wrong("“startsAt” must be a time such as 2026-07-01T10:00:00Z.");
  }
  const rest = (part: string) => said.get(part) ?? null;
  const [fingerprint, instance, tier] = [rest("fingerprint"), rest("instance"), rest("tier")];
  return { link: { ...names, startsAt, fingerprint, instance, tier }, problem: null };
}

function named(said: ReadonlyMap<string, string>): Pick<AlertLink, "service" | "slo"> | null {
  const [service, slo, more] = (said.get("slo") ?? "").split("/");
  if (!service || !slo || more !== undefined) return null;
  return isSlug(service) && isSloName(slo) ? { service, slo } : null;
}

function hasControl(text: string): boolean {
  return [...text].some((character) => character < " ") || !text.isWellFormed();
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;
/** Seconds have ten digits until the year 2286. */
const SECONDS_UNTIL = 1e10;
const LATEST = Date.UTC(2200, 0, 1);

/** Undefined when it is no time; a `+` of a zone may have become a space on its way. */
function timeOf(text: string): number | undefined {
  const number = /^\d{1,13}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const counted = number < SECONDS_UNTIL ? number * 1_000 : number;
  const spelt = text.replace(" ", "+");
  const ms = Number.isNaN(counted) && ISO.test(spelt) ? Date.parse(spelt) : counted;
  return ms >= 0 && ms < LATEST ? Math.floor(ms) : undefined;
}

/**
 * The query of the SLO's page at a firing: as of its start, from the longest window of its tier (of all
 * tiers where it is not known) before it until its end; of one that fires, on and on. Instants (epoch ms)
 * that lie ahead of `now` are now.
 * @example landingQuery(firing, definition, now) // "at=…&from=…&to=…&tier=page-fast"
 */
export function landingQuery(
  firing: LinkedFiring,
  definition: Pick<SloDefinition, "window" | "objective" | "alerting">,
  now: number,
): string {
  const tiers = tiersOf(definition);
  const tier = tiers.find((each) => each.tier === firing.tier);
  const longestMs = tier?.longMs ?? Math.max(...tiers.map(({ longMs }) => longMs));
  const at = Math.min(firing.startsAt, now);
  const iso = (ms: number) => new Date(ms).toISOString();
  const query = new URLSearchParams({
    at: iso(at),
    from: iso(at - longestMs),
  });
  if (firing.endsAt !== null) query.set("to", iso(Math.max(at, Math.min(firing.endsAt, now))));
  if (firing.tier !== null) query.set("tier", firing.tier);
  return query.toString();
}
