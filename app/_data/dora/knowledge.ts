import type { DeliverySettings, ServiceSettings } from "#config/delivery.ts";
import type { DeliveryReach } from "#db/reads/deliveryReach.ts";
import type { DeploymentSource } from "#lib/dora/facts.ts";
import {
  type Knowledge,
  type Known,
  type ServiceSources,
  serviceKnowledge,
  type Told,
} from "#lib/dora/knowledge.ts";

/** What nobody tells of is not known, and nothing is waited for. */
const NOTHING = {
  deployments: "no-source",
  changes: "no-source",
  incidents: "no-source",
} as const;

interface ToldAndSettled {
  readonly told: ReadonlyMap<string, Told>;
  /** The one source whose deployments of a service count. */
  readonly sources: ReadonlyMap<string, DeploymentSource>;
}

/** How far each service is known, by where the configuration says that its facts come from. */
export function knowledgeFrom(
  settings: DeliverySettings,
  reach: DeliveryReach,
  { told, sources }: ToldAndSettled,
): Knowledge {
  const configured = new Map(settings.services.map((one) => [one.name, one]));
  const paged = new Set(Object.values(settings.incidents.pagerduty?.services ?? {}));
  const names = new Set([...configured.keys(), ...paged, ...told.keys()]);
  const known = [...names].map((name) => {
    const repository = repositoryOf(configured.get(name), reach);
    const incidents = [
      settings.incidents.github ? repository : "no-source",
      paged.has(name) ? reach.pagerduty : "no-source",
    ] satisfies ServiceSources["incidents"];
    const source = sources.get(name);
    const posts = (source ?? configured.get(name)?.deployments) === "api";
    const own = told.get(name);
    // What is posted beside a source that was settled does not count, and tells of nothing.
    const counted = own && source && !posts ? { ...own, posted: null } : own;
    return [name, serviceKnowledge({ repository, posts, incidents }, counted)] as const;
  });
  return { byService: new Map(known), others: NOTHING };
}

/** Null: it is configured, and was never seen. */
function repositoryOf(
  service: ServiceSettings | undefined,
  { repositories }: DeliveryReach,
): Known {
  const repository = service?.repository;
  if (!repository) return "no-source";
  return repositories.get(`${repository.owner}/${repository.name}`.toLowerCase()) ?? null;
}
