import { LEVEL_YEARS } from "#app/_data/dora/ask.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import { knownServices } from "#app/_data/dora/scope.ts";
import { distinct } from "#app/_data/dora/teams.ts";
import type { DoraChoices } from "#components/dora/view.ts";
import type { ServiceTeam } from "#db/reads/serviceTeams.ts";
import { monthAt, monthsThrough } from "#lib/dora/calendar.ts";

const MONTHS_TO_CHOOSE = 13;

/** What the form of the delivery page offers. */
export function choicesOf(
  known: KnownDelivery,
  owners: readonly ServiceTeam[],
  { zone, now }: { readonly zone: string; readonly now: number },
): DoraChoices {
  return {
    teams: distinct(owners.map(({ team }) => team)),
    services: knownServices(known),
    months: monthsThrough(monthAt(now, zone), MONTHS_TO_CHOOSE).reverse(),
    years: [...LEVEL_YEARS],
  };
}
