import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type AlertSettings, alertsShape } from "#config/alerts.ts";
import { loadCatalog, withCatalog } from "#config/catalog.ts";
import { type DeliverySettings, deliverySettings } from "#config/delivery.ts";
import { type Environment, type Role, readEnvironment } from "#config/environment.ts";
import { ConfigError } from "#config/error.ts";
import { type ConfigFile, readConfigFile } from "#config/file.ts";
import { linkTemplate } from "#config/link.ts";
import { type NotifySettings, notifyShape } from "#config/notify.ts";
import { type Limits, limitsShape, type SignIn, signInShape } from "#config/signIn.ts";
import { DEFAULT_GATE_RULES, type GateRules } from "#lib/policy/gateRules.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";
import type { Finding } from "#lib/spec/model.ts";
import { parseDuration } from "#lib/time/duration.ts";

/** Everything that an operator decides, checked and with secrets filled in. */
export interface Config {
  readonly databaseUrl: string;
  readonly role: Role;
  readonly host: string;
  readonly port: number;
  /** How links to us begin, without a slash at the end. */
  readonly publicUrl: string;
  readonly noAuth: boolean;
  readonly signIn: SignIn;
  readonly limits: Limits;
  /** What cookies are signed and kept secrets are sealed with; null: made at the first start and kept in a file. */
  readonly secret: string | null;
  readonly trustedProxies: readonly string[];
  /** Globs of SLO documents and the folder that they are relative to. */
  readonly slos: { readonly globs: readonly string[]; readonly base: string };
  readonly prometheus: readonly PrometheusSource[];
  readonly delivery: DeliverySettings;
  /** What is wrong in the Backstage catalog; absent when there is none. */
  readonly catalogFindings?: readonly Finding[];
  readonly notify: NotifySettings;
  readonly alerts: AlertSettings;
  readonly gate: GateRules;
}

/** Whether people reach us by https, be it through a proxy that ends TLS. */
export function isSecure({ publicUrl }: Pick<Config, "publicUrl">): boolean {
  return publicUrl.startsWith("https:");
}

const DEFAULT_FILE = "plimsoll.yaml";
const DEFAULT_GLOB = "slos/**/*.yaml";

/** Reads the environment and the file it names (or `plimsoll.yaml`, when there is one). */
export function loadConfig(env: NodeJS.ProcessEnv, cwd: string): Config {
  const said = readEnvironment(env);
  const path = configPath(said, cwd);
  const file = path ? readConfigFile(path, env) : null;
  return {
    databaseUrl: said.databaseUrl,
    role: said.role,
    host: said.host,
    port: said.port,
    publicUrl: said.publicUrl ?? `http://localhost:${said.port}`,
    noAuth: said.noAuth,
    signIn: signIn(file?.auth ?? signInShape.parse({})),
    limits: file?.limits ?? limitsShape.parse({}),
    secret: said.secret,
    trustedProxies: said.trustedProxies,
    slos: {
      globs: said.slos ?? file?.slos ?? [DEFAULT_GLOB],
      base: said.slos || !path ? cwd : dirname(path),
    },
    prometheus: prometheusSources(said, file),
    ...delivery(file, path ? dirname(path) : cwd),
    notify: file?.notify ?? notifyShape.parse({}),
    alerts: file?.alerts ?? alertsShape.parse({}),
    gate: file?.gate ?? DEFAULT_GATE_RULES,
  };
}

/** Services stand in the configuration and in the Backstage catalog that it names. */
function delivery(
  file: ConfigFile | null,
  base: string,
): Pick<Config, "delivery" | "catalogFindings"> {
  const settings = deliverySettings({ ...file?.sources, services: file?.services });
  if (!file?.catalog) return { delivery: settings };
  const { services, findings } = loadCatalog(file.catalog, base);
  const { production, slos = null } = settings;
  const merging = { production, slos, hasGithub: settings.github !== null };
  return {
    delivery: { ...settings, services: withCatalog(settings.services, services, merging) },
    catalogFindings: findings,
  };
}

/** A file that was asked for must exist; the default one may be absent. */
function configPath(said: Environment, cwd: string): string | null {
  const path = resolve(cwd, said.configFile ?? DEFAULT_FILE);
  if (existsSync(/* turbopackIgnore: true */ path)) return path;
  if (said.configFile === null) return null;
  throw new ConfigError(`PLIMSOLL_CONFIG: there is no file ${said.configFile}`);
}

function prometheusSources(said: Environment, file: ConfigFile | null): PrometheusSource[] {
  const sources = (file?.sources.prometheus ?? []).map(fromFile);
  if (said.prometheusUrl) sources.push(fromUrl(said.prometheusUrl));
  const names = sources.map((source) => source.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new ConfigError(`sources.prometheus: the name ${twice} is used twice`);
  return sources;
}

function fromFile(source: ConfigFile["sources"]["prometheus"][number]): PrometheusSource {
  const at = `sources.prometheus ${source.name}`;
  return {
    name: source.name,
    url: source.url.replace(/\/+$/, ""),
    headers: source.tenant ? { ...source.headers, "X-Scope-OrgID": source.tenant } : source.headers,
    bearerToken: source.bearerToken ?? null,
    basicAuth: source.basicAuth ?? null,
    counting: source.counting,
    timeoutMs: duration(source.timeout, `${at}: timeout`) ?? 30_000,
    scrapeIntervalMs: duration(source.scrapeInterval, `${at}: scrapeInterval`),
    historyMs: duration(source.history, `${at}: history`) ?? 60 * 86_400_000,
    link: linkTemplate(source.link, source.url),
  };
}

function signIn(said: ConfigFile["auth"]): SignIn {
  const sessionMs = duration(said.sessions, "auth.sessions") ?? 0;
  if (!said.passwords && !said.oidc.some(({ admins }) => admins.length > 0)) {
    throw new ConfigError(
      "auth.passwords: without passwords nobody could become the first admin; give an OIDC provider with admins",
    );
  }
  return {
    sessionMs,
    passwords: said.passwords,
    github: said.github ?? null,
    oidc: said.oidc,
  };
}

function fromUrl(url: string): PrometheusSource {
  if (!/^https?:\/\/[^/]/.test(url)) {
    throw new ConfigError("PLIMSOLL_PROMETHEUS_URL: must be an http:// or https:// URL");
  }
  return fromFile({ name: "default", url, headers: {}, counting: "auto" });
}

function duration(value: string | undefined, at: string): number | null {
  if (value === undefined) return null;
  const ms = parseDuration(value);
  if (ms !== null && ms > 0) return ms;
  throw new ConfigError(`${at}: must be a duration such as 30s or 60d, got ${value}`);
}
