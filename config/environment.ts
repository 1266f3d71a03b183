import { z } from "zod";
import { ConfigError } from "#config/error.ts";
import { isMapped } from "#lib/net/ip.ts";
import { readNetwork } from "#lib/net/network.ts";

const ROLES = ["all", "web", "worker"] as const;
export type Role = (typeof ROLES)[number];

/** What the environment says, with defaults. Every variable is described in docs/configuration.md. */
export interface Environment {
  readonly configFile: string | null;
  readonly databaseUrl: string;
  readonly prometheusUrl: string | null;
  readonly slos: readonly string[] | null;
  readonly publicUrl: string | null;
  readonly role: Role;
  readonly noAuth: boolean;
  readonly port: number;
  readonly host: string;
  readonly secret: string | null;
  /** Addresses and networks of the proxies whose word on the caller's address is taken. */
  readonly trustedProxies: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

const port = z.coerce.number().int().min(0).max(65535);

/** Reads the variables; a wrong one is an error that names it and what it may be. */
export function readEnvironment(env: Variables): Environment {
  return {
    configFile: text(env.PLIMSOLL_CONFIG),
    databaseUrl: databaseUrl(text(env.PLIMSOLL_DATABASE_URL) ?? "pglite://.plimsoll/data"),
    prometheusUrl: text(env.PLIMSOLL_PROMETHEUS_URL),
    slos: list(env.PLIMSOLL_SLOS),
    publicUrl: publicUrl(text(env.PLIMSOLL_URL)),
    role: role(text(env.PLIMSOLL_ROLE) ?? "all"),
    noAuth: flag("PLIMSOLL_NO_AUTH", env.PLIMSOLL_NO_AUTH),
    port: portOf(text(env.PORT) ?? "3000"),
    host: text(env.PLIMSOLL_HOST) ?? hostFromHostname(env.HOSTNAME) ?? "127.0.0.1",
    secret: secret(text(env.PLIMSOLL_SECRET)),
    trustedProxies: (list(env.PLIMSOLL_TRUSTED_PROXIES) ?? []).map(network),
  };
}

function list(value: string | undefined): string[] | null {
  return (
    text(value)
      ?.split(",")
      .map((item) => item.trim()) ?? null
  );
}

/** As its origin: cookies, links and the check of where a change comes from all hang on it. */
function publicUrl(value: string | null): string | null {
  if (value === null) return null;
  const url = URL.parse(value);
  const plain = url && url.pathname === "/" && !url.search && !url.hash && !url.username;
  if (plain && /^https?:$/.test(url.protocol)) return url.origin;
  throw new ConfigError(
    `PLIMSOLL_URL: must be an http:// or https:// address without a path, such as https://plimsoll.example, got ${JSON.stringify(value)}`,
  );
}

const SHORTEST_SECRET = 32;

function secret(value: string | null): string | null {
  if (value === null || value.length >= SHORTEST_SECRET) return value;
  throw new ConfigError(
    `PLIMSOLL_SECRET: must have at least ${SHORTEST_SECRET} characters; openssl rand -base64 32 gives one`,
  );
}

/** Not the whole of the internet, and IPv4 only as IPv4: as such peers are compared. */
function network(value: string): string {
  const read = readNetwork(value);
  if (read !== null && read.prefix > 0 && !isMapped(read)) return value;
  throw new ConfigError(
    `PLIMSOLL_TRUSTED_PROXIES: must be addresses or networks such as 10.0.0.0/8, never /0 nor ::ffff:…, got ${JSON.stringify(value)}`,
  );
}

function text(value: string | undefined): string | null {
  const trimmed = value?.trim();
  return trimmed ? trimmed : null;
}

function flag(name: string, value: string | undefined): boolean {
  const given = text(value);
  if (given === null || given === "0") return false;
  if (given === "1") return true;
  throw new ConfigError(`${name}: must be 1 or 0, got ${JSON.stringify(given)}`);
}

function role(value: string): Role {
  const found = ROLES.find((known) => known === value);
  if (found) return found;
  throw new ConfigError(`PLIMSOLL_ROLE: must be all, web or worker, got ${JSON.stringify(value)}`);
}

function portOf(value: string): number {
  const parsed = port.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigError(`PORT: must be a number from 0 to 65535, got ${JSON.stringify(value)}`);
}

function databaseUrl(value: string): string {
  if (/^(pglite|postgres|postgresql):\/\//.test(value)) return value;
  throw new ConfigError(
    "PLIMSOLL_DATABASE_URL: must begin with pglite:// (embedded) or postgres:// (a server)",
  );
}

/** Shells and containers set HOSTNAME to a name; only an address or localhost is meant for us. */
function hostFromHostname(value: string | undefined): string | null {
  const given = text(value);
  if (given === null) return null;
  const isAddress = given === "localhost" || given.includes(":") || /^\d+(\.\d+){3}$/.test(given);
  return isAddress ? given : null;
}
