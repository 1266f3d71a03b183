import { config } from "#config/current.ts";
import { ConfigError } from "#config/error.ts";
import { boot } from "#jobs/boot.ts";

/** `npm run worker`: collects and evaluates without serving pages. Needs PostgreSQL, which many processes may share. */
try {
  if (config().databaseUrl.startsWith("pglite:")) {
    throw new ConfigError(
      "a separate worker needs PostgreSQL: the embedded database belongs to one process. " +
        "Set PLIMSOLL_DATABASE_URL=postgres://…, or run npm start alone, which collects by itself.",
    );
  }
  process.env.PLIMSOLL_ROLE = "worker";
  await boot();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(`plimsoll: ${error.message}`);
  process.exit(1);
}
