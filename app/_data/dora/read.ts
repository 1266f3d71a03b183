import { type DoraAsk, LEVEL_YEARS, periodFields } from "#app/_data/dora/ask.ts";
import { changeView } from "#app/_data/dora/change.ts";
import { choicesOf } from "#app/_data/dora/choices.ts";
import { type KnownDelivery, readDelivery } from "#app/_data/dora/delivery.ts";
import { lineOf, metricViews } from "#app/_data/dora/metrics.ts";
import { rowsView } from "#app/_data/dora/rows-view.ts";
import { askedServices, knownServices, scopeOf } from "#app/_data/dora/scope.ts";
import { readDeliverySources } from "#app/_data/dora/sources.ts";
import { readOwners, teamsOf } from "#app/_data/dora/teams.ts";
import type { DoraChoices, DoraView, LeadTimeView, ServiceLine } from "#components/dora/view.ts";
import type { DoraAddress } from "#components/layout/paths.ts";
import type { Db } from "#db/connection.ts";
import type { ServiceTeam } from "#db/reads/serviceTeams.ts";
import { histogram } from "#lib/dora/distribution.ts";
import { gapsOf } from "#lib/dora/gaps.ts";
import { leadTimeChange } from "#lib/dora/leadTimeChange.ts";
import { lastMonth, periodBefore } from "#lib/dora/period.ts";
import { type DoraReport, doraReport, metricsOf } from "#lib/dora/report.ts";
import type { ReportScope } from "#lib/dora/scope.ts";
import { type Selection, select } from "#lib/dora/selection.ts";
import { trend } from "#lib/dora/trend.ts";

const TREND_MONTHS = 6;
const SLOWEST = 10;

export interface DoraPageView {
  readonly view: DoraView;
  readonly choices: DoraChoices;
  /** What was asked about; null = all. */
  readonly services: ReadonlySet<string> | null;
}

/** How we deliver: the five metrics of a team, a service or all, of any range. */
export async function readDora(db: Db, ask: DoraAsk, now: number): Promise<DoraPageView> {
  const known = await readDelivery(db);
  const owners = await readOwners(db);
  const sources = await readDeliverySources(db);
  const services = askedServices(ask, owners);
  const scope = scopeOf(ask.period, { zone: ask.zone, now, knowledge: known.knowledge });
  const view = { ...viewOf({ known, owners, ask, services, scope }), sources };
  return { view, services, choices: choicesOf(known, owners, { zone: ask.zone, now }) };
}

interface Context {
  readonly known: KnownDelivery;
  readonly owners: readonly ServiceTeam[];
  readonly ask: DoraAsk;
  readonly services: ReadonlySet<string> | null;
  readonly scope: ReportScope;
}

function viewOf(context: Context): Omit<DoraView, "sources"> {
  const { known, ask, services, scope } = context;
  const { delivery } = known;
  const report = doraReport(delivery, scope, services);
  const earlier = periodBefore({ period: ask.period, zone: ask.zone, now: scope.now });
  const scopeBefore = scopeOf(earlier, scope);
  const before = doraReport(delivery, scopeBefore, services);
  const month = lastMonth({ period: ask.period, zone: ask.zone, now: scope.now });
  const months = trend(delivery, { ...scope, month, months: TREND_MONTHS, services });
  const selection = select(delivery, scope, services);
  return {
    ...addresses(ask, earlier),
    ...{ team: ask.team, service: ask.service, year: ask.year, readAt: scope.now },
    window: report.window,
    windowBefore: before.window,
    metrics: metricViews({ report, before, months, year: ask.year }),
    cadence: report.rhythm.cadence,
    incidents: report.incidents,
    pipeline: report.pipeline,
    leadTime: leadTimeView(selection, report, before),
    services: serviceLines(context),
    rows: ask.rows === null ? null : rowsView(ask.rows, { report, selection, known, ask }),
    environments: delivery.environments.filter(
      ({ service }) => services === null || services.has(service),
    ),
    gaps: gapsOf(scope, services),
    blind: [...selection.scope.synced.blind].filter((name) => isDeployed(selection, name)).sort(),
    isEmpty: known.facts.records.length === 0,
  };
}

/** Of services that did not deploy, nobody misses incidents. */
function isDeployed({ verdicts }: Selection, service: string): boolean {
  return verdicts.some(({ deployment }) => deployment.service === service);
}

function addresses(ask: DoraAsk, earlier: DoraAsk["period"]) {
  const address: DoraAddress = {
    ...ask.fields,
    ...periodFields(ask.period),
    zone: ask.zone,
    year: ask.year === LEVEL_YEARS[0] ? "" : String(ask.year),
    rows: ask.rows ?? "",
  };
  return { address, addressBefore: { ...address, ...periodFields(earlier) } };
}

function leadTimeView(
  { arrivals }: Selection,
  { metrics }: DoraReport,
  before: DoraReport,
): LeadTimeView {
  const slowest = [...arrivals].sort((a, b) => b.leadTimeMs - a.leadTimeMs).slice(0, SLOWEST);
  return {
    change: leadTimeChange(metrics.leadTime, before.metrics.leadTime),
    bars: histogram(arrivals.map(({ leadTimeMs }) => leadTimeMs)),
    slowest: slowest.map(changeView),
  };
}

/** One service needs no table of services. The range is picked once, not by each of them. */
function serviceLines({ known, owners, ask, services, scope }: Context): ServiceLine[] {
  if (ask.service !== "") return [];
  const names = services ? [...services].sort() : knownServices(known);
  const picked = { ...known.delivery, ...select(known.delivery, scope, services) };
  return names.map((service) => ({
    service,
    teams: teamsOf(owners, service),
    metrics: lineOf(metricsOf(select(picked, scope, new Set([service])))),
  }));
}
