import type { DeliveryBatch, RepositoryFact } from "#collectors/delivery.ts";
import { githubCollector } from "#collectors/github/collector.ts";
import type { GithubSource } from "#collectors/github/source.ts";
import type { GithubWork, RepositoryWork } from "#collectors/github/work.ts";
import { pagerdutyCollector } from "#collectors/pagerduty/collector.ts";
import type { DeliverySettings, GithubSettings, ServiceSettings } from "#config/delivery.ts";
import { ConfigError } from "#config/error.ts";
import type { IncidentOrigin, SourceKind } from "#db/schema/index.ts";
import { DAY } from "#lib/time/duration.ts";

/** Something that tells of deployments or incidents, ready to be asked. */
export interface DeliveryUpstream {
  /** Name of its row in `sources`. */
  readonly name: string;
  readonly kind: SourceKind;
  /** What its incidents are said to come from. */
  readonly origin: IncidentOrigin;
  /** Host and path, for people. */
  readonly address: string;
  /** For which services it needs to know what pipelines handed in, and how far back. */
  readonly posted: { readonly services: readonly string[]; readonly historyMs: number };
  collect(known: KnownToUs, now: number, signal: AbortSignal): AsyncIterable<DeliveryBatch>;
}

/** What an upstream goes on from. */
export interface KnownToUs {
  readonly cursor: unknown;
  readonly posted: GithubWork["posted"];
}

/** The delivery upstreams of the configuration, by name. */
export function deliveryUpstreams(settings: DeliverySettings): Map<string, DeliveryUpstream> {
  const { pagerduty: paging } = settings.incidents;
  const all = [
    ...(settings.github ? [github(settings, settings.github)] : []),
    ...(paging ? [pagerduty(paging)] : []),
  ];
  return new Map(all.map((upstream) => [upstream.name, upstream]));
}

function github(settings: DeliverySettings, said: GithubSettings): DeliveryUpstream {
  const collector = githubCollector(githubSource(said));
  const repositories = repositoriesOf(settings.services);
  const incidentLabels = settings.incidents.github?.labels ?? [];
  const { historyMs } = said;
  return {
    name: "github",
    kind: "github",
    origin: "github",
    address: shown(said.url),
    posted: { services: servicesOf(repositories), historyMs },
    async *collect({ cursor, posted }, now, signal) {
      const work: GithubWork = { repositories, incidentLabels, now, historyMs, posted };
      for await (const batch of collector.collect(work, cursor, signal)) {
        yield { ...batch, repositories: batch.repositories.map(knownSince(now - historyMs)) };
      }
    },
  };
}

function servicesOf(repositories: readonly RepositoryWork[]): string[] {
  return repositories.flatMap(({ services }) => services.map(({ service }) => service));
}

/** What has nothing older is known for the whole history, however young its oldest part is. */
function knownSince(wholeFrom: number) {
  return (fact: RepositoryFact): RepositoryFact =>
    fact.complete ? { ...fact, collectedFrom: Math.min(fact.collectedFrom, wholeFrom) } : fact;
}

type PagerdutySettings = NonNullable<DeliverySettings["incidents"]["pagerduty"]>;

const PAGERDUTY_HISTORY_MS = 180 * DAY;
const PAGERDUTY_TIMEOUT_MS = 30_000;

function pagerduty({ token, url, services }: PagerdutySettings): DeliveryUpstream {
  const name = "pagerduty";
  const collector = pagerdutyCollector({ name, url, token, timeoutMs: PAGERDUTY_TIMEOUT_MS });
  return {
    name,
    kind: "pagerduty",
    origin: "pagerduty",
    address: shown(url),
    posted: { services: [], historyMs: 0 },
    collect({ cursor }, now, signal) {
      const work = { services, now, historyMs: PAGERDUTY_HISTORY_MS };
      return collector.collect(work, cursor, signal);
    },
  };
}

function shown(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/$/, "")}`;
}

/** GitHub as its collector and the gate ask it. */
export function githubSource({ url, token, app, timeoutMs }: GithubSettings): GithubSource {
  const base = { name: "github", url, timeoutMs };
  if (token !== undefined) return { ...base, auth: { kind: "token", token } };
  if (!app) throw new ConfigError("sources.github: give either a token or an app");
  const { id: appId, privateKey, installationId } = app;
  return { ...base, auth: { kind: "app", appId, privateKey, installationId } };
}

/** Services that share a repository are asked for together. */
function repositoriesOf(services: readonly ServiceSettings[]): RepositoryWork[] {
  const sharing = Map.groupBy(
    services.filter(({ repository }) => repository !== null),
    ({ repository }) => `${repository?.owner}/${repository?.name}`.toLowerCase(),
  );
  return [...sharing.values()].flatMap((shared) => {
    const repository = shared[0]?.repository;
    return repository ? [{ ...repository, services: shared.map(ruleOf) }] : [];
  });
}

function ruleOf(service: ServiceSettings): RepositoryWork["services"][number] {
  const { name, environments, production, deployments, tags, workflow, paths } = service;
  const source = deployments;
  return { service: name, environments, production, source, tags, workflow, paths };
}
