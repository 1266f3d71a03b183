import { Command } from "commander";
import { readEnvironment } from "#config/environment.ts";
import { restore } from "#db/backup.ts";

/** `plimsoll restore FILE [--force]`: a backup or an hourly snapshot becomes the embedded database. */
export function restoreCommand(): Command {
  return new Command("restore")
    .description("make a backup or snapshot the embedded database (Plimsoll must be stopped)")
    .argument("<file>", "a backup, or a file of .plimsoll/snapshots")
    .option("--force", "put it in the place of the database that is there, which is moved aside")
    .action(async (file: string, options: { force?: boolean }) => {
      const { databaseUrl: url } = readEnvironment(process.env);
      const force = options.force ?? false;
      const where = { url, file, cwd: process.cwd() };
      const aside = await restore({ ...where, force, now: Date.now() });
      console.log(`${file} is the database now.`);
      if (aside)
        console.log(`The one before was moved to ${aside}; delete it when you are content.`);
    });
}
