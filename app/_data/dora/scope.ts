import type { DoraAsk } from "#app/_data/dora/ask.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import { distinct, servicesOf } from "#app/_data/dora/teams.ts";
import { config } from "#config/current.ts";
import type { ServiceTeam } from "#db/reads/serviceTeams.ts";
import { type Period, periodSpan } from "#lib/dora/period.ts";
import type { ReportScope } from "#lib/dora/scope.ts";

/** The services that delivery facts or the configuration know, by name. */
export function knownServices({ facts }: KnownDelivery): string[] {
  return distinct([
    ...config().delivery.services.map(({ name }) => name),
    ...facts.records.map(({ service }) => service),
    ...facts.incidents.map(({ service }) => service),
  ]);
}

/** What a question is about: of a team and a service, those that are both; null = all. */
export function askedServices(
  { team, service }: Pick<DoraAsk, "team" | "service">,
  owners: readonly ServiceTeam[],
): ReadonlySet<string> | null {
  if (team === "" && service === "") return null;
  if (team === "") return new Set([service]);
  const own = servicesOf(owners, team);
  return new Set(service === "" ? own : own.filter((name) => name === service));
}

/** The range of a period; a period was found fit before, else it is empty. */
export function scopeOf(
  period: Period,
  { zone, now, knowledge }: Pick<ReportScope, "zone" | "now" | "knowledge">,
): ReportScope {
  const span = periodSpan({ period, zone, now }) ?? { from: now, to: now };
  return { ...span, zone, now, knowledge };
}
