import type { DeliveryBatch } from "#collectors/delivery.ts";
import { githubCollector } from "#collectors/github/collector.ts";
import type { GithubSource } from "#collectors/github/source.ts";
import type { GithubWork, RepositoryWork } from "#collectors/github/work.ts";
import type { DeliverySettings, GithubSettings, ServiceSettings } from "#config/delivery.ts";
import { ConfigError } from "#config/error.ts";
import type { IncidentOrigin, SourceKind } from "#db/schema/index.ts";

/** Something that tells of deployments or incidents, ready to be asked. */
export interface DeliveryUpstream {
  /** Name of its row in `sources`. */
  readonly name: string;
  readonly kind: SourceKind;
  /** What its incidents are said to come from. */
  readonly origin: IncidentOrigin;
  /** Host and path, for people. */
  readonly address: string;
  collect(cursor: unknown, now: number, signal: AbortSignal): AsyncIterable<DeliveryBatch>;
}

/** The delivery upstreams of the configuration, by name. */
export function deliveryUpstreams(settings: DeliverySettings): Map<string, DeliveryUpstream> {
  const all = settings.github ? [github(settings, settings.github)] : [];
  return new Map(all.map((upstream) => [upstream.name, upstream]));
}

function github(settings: DeliverySettings, said: GithubSettings): DeliveryUpstream {
  const collector = githubCollector(githubSource(said));
  const repositories = repositoriesOf(settings.services);
  const incidentLabels = settings.incidents.github?.labels ?? [];
  const { host, pathname } = new URL(said.url);
  return {
    name: "github",
    kind: "github",
    origin: "github",
    address: `${host}${pathname.replace(/\/$/, "")}`,
    collect(cursor, now, signal) {
      const work: GithubWork = { repositories, incidentLabels, now, historyMs: said.historyMs };
      return collector.collect(work, cursor, signal);
    },
  };
}

function githubSource({ url, token, app, timeoutMs }: GithubSettings): GithubSource {
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
  const { name, environments, production, deployments, tags, workflow } = service;
  return { service: name, environments, production, source: deployments, tags, workflow };
}
