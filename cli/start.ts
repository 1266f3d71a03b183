import { existsSync } from "node:fs";
import { edgeServer, type Handler } from "#cli/server/edge.ts";
import { listen } from "#cli/server/listen.ts";
import { clearTextWarning, ownServerListens, requireLoopback } from "#config/address.ts";
import { type Config, isSecure, loadConfig } from "#config/config.ts";
import { ConfigError } from "#config/error.ts";

/**
 * `npm start` and `npm run dev`: checks what would make a start pointless, then serves Next behind our
 * own server, in this process. The database, its migrations and the jobs are opened by instrumentation.ts.
 */
const dev = process.argv.includes("--dev");

try {
  const config = loadConfig(process.env, process.cwd());
  requireLoopback(config);
  if (!dev && !existsSync(".next/BUILD_ID")) {
    throw new ConfigError("there is no build yet: run npm run build first");
  }
  await serve(config);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(`plimsoll: ${error.message}`);
  process.exit(1);
}

/** Listens first, so that a port in use is told before a database is opened; requests wait for Next. */
async function serve(config: Config): Promise<void> {
  const next = Promise.withResolvers<Handler>();
  const server = edgeServer(
    { trustedProxies: config.trustedProxies, https: isSecure(config), dev },
    async (request, response) => (await next.promise)(request, response),
  );
  const place = await listen(server, config);
  warnOfClearText(config);
  prepareEnvironment(place.port);
  ownServerListens(true);
  // Not before the environment is set: Next reads it while it is loaded.
  const { openNext } = await import("#cli/server/next.ts");
  next.resolve(await openNext(server, place, dev));
  console.log(`plimsoll: ready on http://${hostIn(place.host)}:${place.port}`);
}

function warnOfClearText(config: Config): void {
  const warning = clearTextWarning(config);
  if (warning !== null) console.warn(`plimsoll: ${warning}`);
}

function prepareEnvironment(port: number): void {
  const { NODE_ENV = dev ? "development" : "production" } = process.env;
  Object.assign(process.env, { NODE_ENV, PORT: String(port) });
  process.env.NEXT_TELEMETRY_DISABLED ??= "1";
}

function hostIn(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
