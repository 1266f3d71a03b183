import {
  type FactKind,
  joint,
  type Knowledge,
  type Known,
  knowledgeOf,
  wantedEnd,
} from "#lib/dora/knowledge.ts";
import type { ReportScope } from "#lib/dora/scope.ts";

/** How far the facts of all services of a selection are known, together. Epoch ms. */
export interface Synced {
  /** Since when all are there; null = those of one of them were never read. */
  readonly deployments: number | null;
  readonly changes: number | null;
  /** "no-source" when nothing tells of incidents. */
  readonly incidents: number | null | "no-source";
  /** Up to when. */
  readonly through: Readonly<Record<FactKind, number>>;
  /** Services of whose incidents nothing is known in the range: none of theirs is "no failure". */
  readonly blind: ReadonlySet<string>;
}

/**
 * How far the services of a selection are known in its range, together; those that nothing tells of
 * hold none of the others back.
 * @example syncedOf(scope, new Set(["cart"])).deployments // 1_767_225_600_000
 */
export function syncedOf(scope: ReportScope, services: ReadonlySet<string>): Synced {
  const { knowledge } = scope;
  const each = [...services].map((service) => [service, knowledgeOf(knowledge, service)] as const);
  const all = each.length > 0 ? each.map(([, known]) => known) : [knowledge.others];
  const kinds = {
    deployments: joint(all.map(({ deployments }) => deployments)),
    changes: joint(all.map(({ changes }) => changes)),
    incidents: joint(all.map(({ incidents }) => incidents)),
  };
  return {
    deployments: since(kinds.deployments),
    changes: since(kinds.changes),
    incidents: kinds.incidents === "no-source" ? "no-source" : since(kinds.incidents),
    through: {
      deployments: through(kinds.deployments),
      changes: through(kinds.changes),
      incidents: through(kinds.incidents),
    },
    blind: new Set(
      each.flatMap(([service, { incidents }]) => (reaches(incidents, scope) ? [] : [service])),
    ),
  };
}

/**
 * The services that a selection of all is about: those of whom something is known or was told.
 * @example servicesIn(knowledge, ["cart"]).has("cart") // true
 */
export function servicesIn({ byService }: Knowledge, met: Iterable<string>): Set<string> {
  return new Set([...byService.keys(), ...met]);
}

function since(known: Known): number | null {
  return known === null || known === "no-source" ? null : known.from;
}

function through(known: Known): number {
  if (known === "no-source") return Number.POSITIVE_INFINITY;
  return known?.through ?? Number.NEGATIVE_INFINITY;
}

/** Whether anything of a range is known. */
function reaches(known: Known, scope: ReportScope): boolean {
  if (known === null || known === "no-source") return false;
  return known.from < scope.to && (known.through > scope.from || wantedEnd(scope) <= scope.from);
}
