import type { Span } from "#lib/dora/calendar.ts";
import type { DeploymentRecord, Incident } from "#lib/dora/facts.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** The time of which all facts are there: `[from, through)`, epoch ms; without end for what is told at once. */
export interface Extent {
  readonly from: number;
  readonly through: number;
}

/** Null: its source was never read. "no-source": nothing tells of it. */
export type Known = Extent | null | "no-source";

export type FactKind = "deployments" | "changes" | "incidents";

export type ServiceKnowledge = Readonly<Record<FactKind, Known>>;

/** How far the facts of each service are known. */
export interface Knowledge {
  readonly byService: ReadonlyMap<string, ServiceKnowledge>;
  /** Of any service that is not among them. */
  readonly others: ServiceKnowledge;
}

/**
 * How far one service is known.
 * @example knowledgeOf(knowledge, "cart").incidents // "no-source"
 */
export function knowledgeOf({ byService, others }: Knowledge, service: string): ServiceKnowledge {
  return byService.get(service) ?? others;
}

/** What is read this young is taken for the present: sources are asked every few minutes. */
const FRESH_MS = 15 * MINUTE;

/**
 * Up to when facts must be known for a range to be whole (epoch ms): its end, or, of one that lasts,
 * 15 minutes before `now`.
 * @example wantedEnd({ from: 0, to: 9, now: 5 * HOUR }) // 9
 */
export function wantedEnd({ from, to, now }: Span & { readonly now: number }): number {
  return to <= now ? to : Math.max(from, now - FRESH_MS);
}

/**
 * The time for which several things are all known; null when one of them was never read, "no-source"
 * when nothing tells of any. What has no source holds none of the others back.
 * @example joint([{ from: 1, through: 9 }, { from: 3, through: 7 }]) // { from: 3, through: 7 }
 */
export function joint(all: Iterable<Known>): Known {
  let both: Known = "no-source";
  for (const known of all) {
    if (known === null) return null;
    if (known === "no-source") continue;
    both =
      both === "no-source"
        ? known
        : {
            from: Math.max(both.from, known.from),
            through: Math.min(both.through, known.through),
          };
  }
  return both;
}

/** The time that the facts of a service themselves show to be known, by who told them. */
export interface Told {
  /** Of deployments that were posted to us; null when none was. */
  readonly posted: Extent | null;
  /** Of deployments that were fetched, up to the last of them; null when none was. */
  readonly fetched: Extent | null;
  /** From the first incident on; null without any. */
  readonly incidents: Extent | null;
}

/**
 * What each service was told of: posted facts are known from the first of them on, since who posts one
 * posts all that follow; nothing says how it was before.
 * @example toldOf(facts).get("cart")?.posted?.from // 1_767_225_600_000
 */
export function toldOf({ records, incidents }: ToldFacts): ReadonlyMap<string, Told> {
  const told = new Map<string, { -readonly [key in keyof Told]: Told[key] }>();
  const of = (service: string) => {
    const known = told.get(service) ?? { posted: null, fetched: null, incidents: null };
    told.set(service, known);
    return known;
  };
  for (const { service, source, createdAt } of records) {
    const own = of(service);
    if (source === "api") own.posted = onwards(own.posted, createdAt);
    else own.fetched = spanning(own.fetched, createdAt);
  }
  for (const { service, startedAt } of incidents) {
    const own = of(service);
    own.incidents = onwards(own.incidents, startedAt);
  }
  return told;
}

interface ToldFacts {
  readonly records: readonly Pick<DeploymentRecord, "service" | "source" | "createdAt">[];
  readonly incidents: readonly Pick<Incident, "service" | "startedAt">[];
}

function onwards(known: Extent | null, at: number): Extent {
  return { from: Math.min(known?.from ?? at, at), through: Number.POSITIVE_INFINITY };
}

function spanning(known: Extent | null, at: number): Extent {
  return {
    from: Math.min(known?.from ?? at, at),
    through: Math.max(known?.through ?? at, at),
  };
}

/** Where the facts of one service are fetched from. */
export interface ServiceSources {
  /** How far its repository was read; "no-source" without one. */
  readonly repository: Known;
  /** Its deployments are posted, whatever its repository has. */
  readonly posts: boolean;
  /** How far each source of incidents was read that tells of this service. */
  readonly incidents: readonly Known[];
}

/**
 * How far a service is known, by its sources and by what was told of it. A repository says how far its
 * changes and deployments are known, but for deployments that are posted. Posted incidents make a source
 * only where no other is configured.
 * @example serviceKnowledge({ repository: "no-source", posts: true, incidents: [] }, told).changes
 */
export function serviceKnowledge(
  { repository, posts, incidents }: ServiceSources,
  told: Told | undefined,
): ServiceKnowledge {
  const deployments = posts ? (told?.posted ?? null) : deploymentsKnown(repository, told);
  const configured = joint(incidents);
  return {
    deployments,
    changes: repository === "no-source" ? deployments : repository,
    incidents: configured === "no-source" ? (told?.incidents ?? "no-source") : configured,
  };
}

function deploymentsKnown(repository: Known, told: Told | undefined): Known {
  const posted = told?.posted ?? null;
  if (repository === "no-source") return posted ?? told?.fetched ?? "no-source";
  if (posted === null) return repository;
  // What was fetched before posting began reaches back as far as its repository was read.
  const from = told?.fetched && repository ? Math.min(repository.from, posted.from) : posted.from;
  return { from, through: posted.through };
}
