import { askedDeployments, type DeploymentsFilter } from "#app/_data/deployments/filter.ts";
import { type BareLine, linesOf, priced } from "#app/_data/deployments/lines.ts";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import { askedServices, knownServices } from "#app/_data/dora/scope.ts";
import { distinct, readOwners } from "#app/_data/dora/teams.ts";
import type { DeploymentsView } from "#components/deployments/view.ts";
import type { Db } from "#db/connection.ts";

const PER_PAGE = 25;

/** A page of the production deployments that a filter leaves, newest first. */
export async function readDeployments(db: Db, address: URLSearchParams): Promise<DeploymentsView> {
  const filter = askedDeployments(address);
  const known = await readDelivery(db);
  const owners = await readOwners(db);
  const lines = linesOf(known);
  const isWrong = Object.keys(filter.mistakes).length > 0;
  const left = isWrong ? [] : filtered(lines, filter, askedServices(filter.fields, owners));
  const begin = left.findIndex(({ id }) => id === address.get("after")) + 1;
  const page = left.slice(begin, begin + PER_PAGE);
  const { fields, mistakes } = filter;
  return {
    ...{ fields, mistakes, total: left.length },
    lines: await priced(db, known, page),
    next: begin + PER_PAGE < left.length ? (page.at(-1)?.id ?? null) : null,
    choices: {
      teams: distinct(owners.map(({ team }) => team)),
      services: knownServices(known),
      environments: distinct(lines.map(({ environment }) => environment)),
    },
    isEmpty: known.facts.records.length === 0,
  };
}

function filtered(
  lines: readonly BareLine[],
  { fields, outcome, from, to }: DeploymentsFilter,
  services: ReadonlySet<string> | null,
): BareLine[] {
  return lines.filter(
    (line) =>
      (services === null || services.has(line.service)) &&
      (fields.environment === "" || line.environment === fields.environment) &&
      (outcome === null || (outcome === "rework" ? line.isRework : line.outcome === outcome)) &&
      (from === null || line.at >= from) &&
      (to === null || line.at < to),
  );
}
