import { z } from "zod";
import { ConfigError } from "#config/error.ts";
import type { DeploymentSource } from "#lib/dora/facts.ts";
import { parseDuration } from "#lib/time/duration.ts";

const url = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" });
const pattern = z.string().refine(compiles, { error: "must be a regular expression" });

export const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== null && ms > 0) return ms;
  context.addIssue({ code: "custom", message: "must be a duration such as 30s or 60d" });
  return z.NEVER;
});

/** A folder or a file of a repository; false = none is read. */
const documentsPath = z.union([
  z.literal(false),
  z
    .string()
    .transform((path) => path.replace(/^\.\//, "").replace(/\/+$/, ""))
    .refine(isInside, {
      error: "must be a folder or a file of the repository, such as slos/, or false",
    }),
]);

/** Where repositories keep their SLO documents, where nothing else is said. */
const DOCUMENTS = "slos";

/** The production rule where nothing else is said: `production`, `prod`, `prod-eu` …, in any case. */
const PRODUCTION = "^prod(uction)?\\b";

export const githubShape = z
  .strictObject({
    /** `https://api.github.com`, or an Enterprise server's `https://host/api/v3`. */
    url: url.default("https://api.github.com"),
    token: z.string().min(1).optional(),
    app: z
      .strictObject({
        id: z.coerce.string(),
        /** PEM. */
        privateKey: z.string().min(1),
        installationId: z.coerce.string(),
      })
      .optional(),
    /** Of repositories that are written without one. */
    owner: z.string().min(1).optional(),
    production: pattern.default(PRODUCTION),
    /** Where the services' repositories keep SLO documents: `slos/` unless it is said. */
    slos: documentsPath.optional(),
    /** Leaves pull requests and commits of bots out of lead times; they are listed all the same. */
    excludeBots: z.boolean().default(false),
    /** How far back history is fetched. */
    history: duration.prefault("180d"),
    timeout: duration.prefault("30s"),
  })
  .refine(({ token, app }) => (token === undefined) !== (app === undefined), {
    error: "give either a token or an app",
  })
  .transform(({ history, timeout, ...said }) => ({
    ...said,
    historyMs: history,
    timeoutMs: timeout,
  }));

export const incidentsShape = z.strictObject({
  github: z.strictObject({ labels: z.array(z.string().min(1)).min(1) }).optional(),
  pagerduty: z
    .strictObject({
      token: z.string().min(1),
      url: url.default("https://api.pagerduty.com"),
      /** PagerDuty's service id → our service; those not named are not taken. */
      services: z.record(z.string(), z.string().min(1)),
    })
    .optional(),
});

export const servicesShape = z.array(
  z.strictObject({
    name: z.string().min(1),
    team: z.string().min(1).optional(),
    /** `owner/name`, or `name` with `sources.github.owner`. */
    repository: z.string().min(1).optional(),
    /** Where several services share a repository: which environments are this one's. */
    environments: pattern.optional(),
    production: pattern.optional(),
    /** What counts as a deployment; `auto` takes the best that the repository has. */
    deployments: z
      .enum(["auto", "api", "deployment", "release", "tag", "workflow", "merge"])
      .default("auto"),
    tags: pattern.optional(),
    workflow: z.string().min(1).optional(),
    /** Where services share a repository: the files whose changes are this one's. */
    paths: z.array(z.string().min(1)).min(1, "must name at least one glob").optional(),
    /** Where its repository keeps its SLO documents. */
    slos: documentsPath.optional(),
  }),
);

export type GithubSettings = z.output<typeof githubShape>;
export type IncidentSettings = z.output<typeof incidentsShape>;

/** A service as the operator describes it; others are known by their SLOs alone. */
export interface ServiceSettings {
  readonly name: string;
  readonly team: string | null;
  readonly repository: { readonly owner: string; readonly name: string } | null;
  readonly environments: string | null;
  readonly production: string;
  readonly deployments: "auto" | DeploymentSource;
  readonly tags: string | null;
  readonly workflow: string | null;
  readonly paths: readonly string[] | null;
  /** Folder or file with SLO documents in its repository; null or absent = none is read. */
  readonly slos?: string | null;
}

/** Where deployments and incidents come from. */
export interface DeliverySettings {
  readonly github: GithubSettings | null;
  readonly incidents: IncidentSettings;
  readonly services: readonly ServiceSettings[];
  /** Which environments are production, where a service does not say. */
  readonly production: string;
  /** Where repositories keep SLO documents, where a service does not say. */
  readonly slos?: string | null;
}

interface Said {
  readonly github?: GithubSettings | undefined;
  readonly incidents?: IncidentSettings | undefined;
  readonly services?: z.output<typeof servicesShape> | undefined;
}

/** Fills in what one part leaves to another; throws a ConfigError where they do not fit. */
export function deliverySettings({ github, incidents, services = [] }: Said): DeliverySettings {
  const names = services.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new ConfigError(`services: the name ${twice} is used twice`);
  const production = github?.production ?? PRODUCTION;
  const slos = github ? (github.slos ?? DOCUMENTS) || null : null;
  return {
    github: github ?? null,
    incidents: incidents ?? {},
    production,
    slos,
    services: services.map((service) => ({
      name: service.name,
      team: service.team ?? null,
      repository: repositoryOf(service, github),
      environments: service.environments ?? null,
      production: service.production ?? production,
      deployments: service.deployments,
      tags: service.tags ?? null,
      workflow: service.workflow ?? null,
      paths: service.paths ?? null,
      slos: documentsOf(service, { slos, hasGithub: github !== undefined }),
    })),
  };
}

function repositoryOf(
  { name, repository }: { readonly name: string; readonly repository?: string | undefined },
  github: GithubSettings | undefined,
) {
  if (repository === undefined) return null;
  const at = `services ${name}: repository`;
  if (!github) throw new ConfigError(`${at}: needs sources.github`);
  const parts = repository.split("/");
  const [owner, own] = parts.length === 1 ? [github.owner, parts[0]] : parts;
  if (parts.length > 2 || !owner || !own) {
    throw new ConfigError(`${at}: must be owner/name, or a name with sources.github.owner`);
  }
  return { owner, name: own };
}

function documentsOf(
  { name, slos }: { readonly name: string; readonly slos?: string | false | undefined },
  usual: { readonly slos: string | null; readonly hasGithub: boolean },
): string | null {
  if (slos === undefined) return usual.slos;
  if (slos && !usual.hasGithub)
    throw new ConfigError(`services ${name}: slos: needs sources.github`);
  return slos || null;
}

/** Git knows no other way to a file; the whole repository is no folder of documents. */
function isInside(path: string): boolean {
  return !/[*?[\]\\:]/.test(path) && !path.split("/").some((part) => /^\.{0,2}$/.test(part));
}

function compiles(source: string): boolean {
  try {
    new RegExp(source, "i");
    return true;
  } catch {
    return false;
  }
}
