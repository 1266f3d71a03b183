import { Command } from "commander";
import { readEnvironment } from "#config/environment.ts";
import { backup } from "#db/backup.ts";

/** `plimsoll backup FILE`: the whole embedded database in one file. */
export function backupCommand(): Command {
  return new Command("backup")
    .description("write the embedded database to a file (Plimsoll must be stopped)")
    .argument("<file>", "where to, for example plimsoll.tar.gz")
    .action(async (file: string) => {
      const { databaseUrl: url } = readEnvironment(process.env);
      const bytes = await backup({ url, file, cwd: process.cwd() });
      console.log(`${file}: ${(bytes / 1024 ** 2).toFixed(1)} MiB`);
    });
}
