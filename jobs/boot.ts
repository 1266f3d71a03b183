import { requireLoopback, requireOwnServer } from "#config/address.ts";
import type { Config } from "#config/config.ts";
import { config } from "#config/current.ts";
import { ConfigError } from "#config/error.ts";
import { log } from "#config/log.ts";
import { StoreError, store } from "#db/client.ts";
import { type Runtime, startRuntime } from "#jobs/runtime.ts";
import { startTelemetry } from "#jobs/telemetry.ts";
import type { OpenSeal } from "#lib/notices/receiver.ts";
import { formatFinding } from "#lib/spec/format.ts";

const KEY = Symbol.for("plimsoll.runtime");
const holder = globalThis as { [KEY]?: Promise<Runtime | null> };

/**
 * Opens the database, brings it up to date and starts the jobs, once per process; ends the process if it
 * cannot. `openSeal` opens the addresses that notices are sent to: jobs have no secret of their own.
 */
export function boot(openSeal: OpenSeal): Promise<Runtime | null> {
  holder[KEY] ??= start(openSeal).catch(orGiveUp);
  return holder[KEY];
}

async function start(openSeal: OpenSeal): Promise<Runtime | null> {
  const settings: Config = config();
  requireLocal(settings);
  startTelemetry();
  requireShared(settings);
  tellCatalog(settings);
  const opened = await store(settings.databaseUrl, {
    onError: (error) => log().error({ err: error }, "upkeep of the embedded database failed"),
  });
  const runtime =
    settings.role === "web"
      ? null
      : await startRuntime({ config: settings, store: opened, openSeal });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void stop(runtime).finally(() => process.exit(0)));
  }
  return runtime;
}

/** What is wrong in a Backstage catalog is told, and the rest of it used. */
function tellCatalog({ catalogFindings = [] }: Config): void {
  for (const finding of catalogFindings) {
    if (finding.severity === "error") log().warn(`catalog: ${formatFinding(finding)}`);
    else log().info(`catalog: ${formatFinding(finding)}`);
  }
}

/** However pages are served, without sign-in it is to this machine alone; a worker serves none. */
function requireLocal(settings: Config): void {
  if (process.env.NEXT_RUNTIME === undefined) return;
  requireLoopback(settings);
  requireOwnServer(settings);
}

/** Pages alone or collectors alone share their database with others, which the embedded one cannot. */
function requireShared({ role, databaseUrl }: Config): void {
  if (role === "all" || !databaseUrl.startsWith("pglite:")) return;
  throw new ConfigError(
    `PLIMSOLL_ROLE=${role} needs PostgreSQL: the embedded database belongs to one process. ` +
      "Set PLIMSOLL_DATABASE_URL=postgres://…, or leave PLIMSOLL_ROLE out.",
  );
}

/** Ends what is under way and closes the database, so that the next start finds it clean. */
async function stop(runtime: Runtime | null): Promise<void> {
  await runtime?.stop();
  await (await store()).close();
}

/** Says why in one line, where the operator can mend it, and ends the process. */
export function orGiveUp(error: unknown): never {
  if (error instanceof ConfigError || error instanceof StoreError) {
    console.error(`plimsoll: ${error.message}`);
  } else {
    log().fatal({ err: error }, "cannot start");
  }
  process.exit(1);
}
