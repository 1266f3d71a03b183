import type { Labels } from "#lib/alerts/delivery.ts";
import type { BurnTier } from "#lib/spec/model.ts";
import { parseDuration } from "#lib/time/duration.ts";

/** What an alert of others is about, and by which of its labels we know. */
export interface AlertTie {
  readonly service: string;
  /** Id of the SLO; null where only the service is known. */
  readonly sloId: number | null;
  readonly by: "slo" | "sloth" | "pyrra" | "service" | "job";
}

export interface NamedSlo {
  readonly id: number;
  readonly service: string;
  readonly name: string;
  readonly retired: boolean;
  /** Of which SLO of its service it is one label set, and its labels; absent or null of any other. */
  readonly instance?: { readonly of: string; readonly labels: Labels } | null;
}

/** Where a former name of an SLO leads. */
export interface FormerName {
  readonly service: string;
  readonly name: string;
  readonly sloId: number;
}

/** The names that labels may spell. */
export interface AlertNames {
  /** By `service/name`, former names included; a present name wins. */
  readonly slos: ReadonlyMap<string, NamedSlo>;
  /** By the name alone, SLOs in force. */
  readonly byName: ReadonlyMap<string, readonly NamedSlo[]>;
  /** By `service-name`, as Sloth makes ids; null where two would be the same. */
  readonly byId: ReadonlyMap<string, NamedSlo | null>;
  /** The label sets in force of each grouped SLO, by its `service/name`. */
  readonly instances: ReadonlyMap<string, readonly NamedSlo[]>;
  /** From what services are or were called to what they are called. */
  readonly services: ReadonlyMap<string, string>;
}

/**
 * The names that alerts are tied by.
 * @example alertNames(slos, former).slos.get("checkout/availability")?.id // 7
 */
export function alertNames(
  slos: readonly NamedSlo[],
  former: readonly FormerName[] = [],
): AlertNames {
  const byNumber = new Map(slos.map((slo) => [slo.id, slo]));
  const moved = former.flatMap(({ service, name, sloId }) => {
    const slo = byNumber.get(sloId);
    return slo ? [{ service, name, slo }] : [];
  });
  // Later entries win: former names, then retired SLOs, then those in force.
  const named = [
    ...moved,
    ...[...slos]
      .sort((a, b) => Number(b.retired) - Number(a.retired))
      .map((slo) => ({ service: slo.service, name: slo.name, slo })),
  ];
  return {
    slos: new Map(named.map(({ service, name, slo }) => [`${service}/${name}`, slo])),
    byName: Map.groupBy(
      slos.filter(({ retired }) => !retired),
      ({ name }) => name,
    ),
    byId: idsOf(named),
    instances: Map.groupBy(
      slos.filter(({ retired, instance }) => !retired && instance),
      ({ service, instance }) => `${service}/${instance?.of}`,
    ),
    services: new Map(named.map(({ service, slo }) => [service, slo.service])),
  };
}

interface Named {
  readonly service: string;
  readonly name: string;
  readonly slo: NamedSlo;
}

function idsOf(named: readonly Named[]): Map<string, NamedSlo | null> {
  const ids = new Map<string, NamedSlo | null>();
  for (const { service, name, slo } of named) {
    const id = `${service}-${name}`;
    const before = ids.get(id);
    ids.set(id, before === undefined || before?.id === slo.id ? slo : null);
  }
  return ids;
}

/**
 * What an alert is about, by its labels: `slo` (`service/slo`, a name beside `service`, an id as Sloth
 * makes them, or a name that only one SLO has), Sloth's own, then the service alone by `service` or
 * `job`. Null when they name nothing of ours.
 * @example tieAlert({ slo: "checkout/availability" }, names)?.sloId // 7
 */
export function tieAlert(labels: Labels, names: AlertNames): AlertTie | null {
  const slo = bySlo(labels, names);
  if (slo) return tied(instanceBy(labels, slo, names), "exhaustion" in labels ? "pyrra" : "slo");
  const sloth = bySloth(labels, names);
  if (sloth) return tied(instanceBy(labels, sloth, names), "sloth");
  for (const by of ["service", "job"] as const) {
    const service = serviceOf(labels[by] ?? (by === "service" ? labels.sloth_service : ""), names);
    if (service !== null) return { service, sloId: null, by };
  }
  return null;
}

/** Of a grouped SLO the label set that the alert has, too. */
function instanceBy(labels: Labels, slo: NamedSlo, { instances }: AlertNames): NamedSlo {
  const has = ({ instance }: NamedSlo) =>
    Object.entries(instance?.labels ?? {}).every(([label, value]) => labels[label] === value);
  return instances.get(`${slo.service}/${slo.name}`)?.find(has) ?? slo;
}

function tied({ id, service }: NamedSlo, by: AlertTie["by"]): AlertTie {
  return { service, sloId: id, by };
}

function bySlo({ slo, service }: Labels, names: AlertNames): NamedSlo | null {
  if (slo === undefined) return null;
  if (service !== undefined) {
    const own = names.slos.get(`${service}/${slo}`) ?? ofService(names.byId.get(slo), service);
    if (own) return own;
  }
  const whole = names.slos.get(slo);
  if (whole) return whole;
  // A name beside a service that does not have it is nobody else's.
  if (service !== undefined && names.services.has(service)) return null;
  const [only, ...others] = names.byName.get(slo) ?? [];
  if (only && others.length === 0) return only;
  return names.byId.get(slo) ?? null;
}

function ofService(slo: NamedSlo | null | undefined, service: string): NamedSlo | null {
  return slo?.service === service ? slo : null;
}

function bySloth(labels: Labels, names: AlertNames): NamedSlo | null {
  const { sloth_service: service, sloth_slo: slo, sloth_id: id } = labels;
  const named = service && slo ? names.slos.get(`${service}/${slo}`) : undefined;
  return named ?? (id === undefined ? null : (names.byId.get(id) ?? null));
}

/** Prometheus's `job` may be `namespace/name`. */
function serviceOf(label: string | undefined, { services }: AlertNames): string | null {
  if (label === undefined) return null;
  return services.get(label) ?? services.get(label.slice(label.lastIndexOf("/") + 1)) ?? null;
}

/** What of a tier is needed to find it. */
export type TierWindows = Pick<BurnTier, "severity" | "longMs" | "shortMs"> & {
  readonly tier: string;
};

const LONG = ["long", "long_window", "window"] as const;
const SHORT = ["short", "short_window"] as const;

/**
 * Which of an SLO's tiers an alert is: by its label `tier`, else by the lengths of its windows, of
 * which a long one may stand alone. Null when its labels do not say.
 * @example tierOf({ long: "1h", short: "5m" }, tiers) // "page-fast"
 */
export function tierOf(labels: Labels, tiers: readonly TierWindows[]): string | null {
  const named = tiers.find(({ tier }) => tier === labels.tier);
  if (named) return named.tier;
  const long = lengthOf(labels, LONG);
  const short = lengthOf(labels, SHORT);
  if (long === null && short === null) return null;
  const fits = tiers.filter(
    (tier) => (long ?? tier.longMs) === tier.longMs && (short ?? tier.shortMs) === tier.shortMs,
  );
  return fits.length === 1 ? (fits[0]?.tier ?? null) : null;
}

function lengthOf(labels: Labels, names: readonly string[]): number | null {
  const said = names.map((name) => labels[name]).find((value) => value !== undefined);
  return said === undefined ? null : parseDuration(said);
}

/**
 * Whether people are woken by an alert of this severity; what is not said or not known is a ticket.
 * @example severityOf("critical") // "page"
 */
export function severityOf(severity: string | null): "page" | "ticket" {
  return severity !== null && PAGING.has(severity.toLowerCase()) ? "page" : "ticket";
}

const PAGING: ReadonlySet<string> = new Set(["page", "critical", "emergency", "disaster", "p1"]);
