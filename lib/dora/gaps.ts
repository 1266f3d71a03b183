import { type Known, knowledgeOf, wantedEnd } from "#lib/dora/knowledge.ts";
import type { ReportScope } from "#lib/dora/scope.ts";
import { servicesIn } from "#lib/dora/synced.ts";

/** Facts of a service that are missing in a range although something tells of them. JSON-safe. */
export interface Gap {
  readonly service: string;
  readonly kind: "deployments" | "incidents";
  /** "unread": nothing of the range is known. */
  readonly state: "unread" | "part";
  /** Since when they are known, if that is after the range begins; epoch ms. */
  readonly since: number | null;
  /** Up to when, if that is before it ends. */
  readonly through: number | null;
}

/**
 * What is missing in a range of some services (null = of all), by service. What nothing tells of is no
 * gap: there is nothing to wait for.
 * @example gapsOf(scope, null).length // 0
 */
export function gapsOf(scope: ReportScope, services: ReadonlySet<string> | null): Gap[] {
  const about = services ?? servicesIn(scope.knowledge, []);
  return [...about].sort().flatMap((service) => gapsOfService(service, scope));
}

function gapsOfService(service: string, scope: ReportScope): Gap[] {
  const { deployments, changes, incidents } = knowledgeOf(scope.knowledge, service);
  const own = gapOf("deployments", deployments, scope) ?? gapOf("deployments", changes, scope);
  return [own, gapOf("incidents", incidents, scope)].flatMap((gap) =>
    gap ? [{ service, ...gap }] : [],
  );
}

function gapOf(kind: Gap["kind"], known: Known, scope: ReportScope): Omit<Gap, "service"> | null {
  if (known === "no-source") return null;
  const end = wantedEnd(scope);
  if (known === null || known.from >= scope.to || known.through <= scope.from) {
    return { kind, state: "unread", since: null, through: null };
  }
  const since = known.from > scope.from ? known.from : null;
  const through = known.through < end ? known.through : null;
  return since === null && through === null ? null : { kind, state: "part", since, through };
}
