import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Config } from "#config/config.ts";
import { config } from "#config/current.ts";
import { ConfigError } from "#config/error.ts";

const SHORTEST = 32;
const KEY = Symbol.for("plimsoll.secret");
const holder = globalThis as { [KEY]?: string };

/**
 * What cookies are signed and kept secrets sealed with: `PLIMSOLL_SECRET`, else a file beside the
 * embedded database, made at the first start. Throws a ConfigError on PostgreSQL without the
 * variable: the processes that share a database must share the secret.
 */
export function serverSecret(): string {
  holder[KEY] ??= findSecret(config());
  return holder[KEY];
}

function findSecret({ secret, databaseUrl }: Config): string {
  if (secret !== null) return secret;
  if (databaseUrl === "pglite://memory") return newSecret();
  if (databaseUrl.startsWith("pglite://")) {
    return keptSecret(join(dirname(resolve(databaseUrl.slice("pglite://".length))), "secret"));
  }
  throw new ConfigError(
    "PLIMSOLL_SECRET: is needed with PostgreSQL, the same for every process; openssl rand -base64 32 gives one",
  );
}

function keptSecret(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) makeSecret(path);
  const kept = readFileSync(path, "utf8").trim();
  if (kept.length >= SHORTEST) return kept;
  throw new ConfigError(
    `${path}: holds no secret; restore it from a backup, or delete it: everyone signs in again, and webhooks need new secrets`,
  );
}

/** Whole or not at all, and never over another process's. */
function makeSecret(path: string): void {
  const part = `${path}.${process.pid}`;
  writeFileSync(part, newSecret(), { mode: 0o600, flush: true });
  try {
    linkSync(part, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(part);
  }
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}
