import { existsSync } from "node:fs";
import { requireLoopback } from "#config/address.ts";
import { loadConfig } from "#config/config.ts";
import { ConfigError } from "#config/error.ts";

/**
 * `npm start` and `npm run dev`: checks what would make a start pointless, then runs Next in this
 * process. The database, its migrations and the jobs are opened by instrumentation.ts.
 */
const dev = process.argv.includes("--dev");

try {
  const config = loadConfig(process.env, process.cwd());
  requireLoopback(config.host);
  if (!dev && !existsSync(".next/BUILD_ID")) {
    throw new ConfigError("there is no build yet: run npm run build first");
  }
  const command = dev ? "dev" : "start";
  process.argv = [
    process.argv[0] ?? "node",
    "next",
    command,
    "-H",
    config.host,
    "-p",
    `${config.port}`,
  ];
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(`plimsoll: ${error.message}`);
  process.exit(1);
}

process.env.NEXT_TELEMETRY_DISABLED ??= "1";
// jobs/boot.ts ends the process, once the database is closed; Next by itself would not wait for that.
if (!dev) process.env.NEXT_MANUAL_SIG_HANDLE ??= "1";
await import("next/dist/bin/next");
