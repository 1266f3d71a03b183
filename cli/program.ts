import { readFileSync } from "node:fs";
import { Command } from "commander";
import { adminLinkCommand } from "#cli/adminLink.ts";
import { backupCommand } from "#cli/backup.ts";
import { convertCommand } from "#cli/convert.ts";
import { gateCommand } from "#cli/gate.ts";
import { lintCommand } from "#cli/lint.ts";
import { restoreCommand } from "#cli/restore.ts";
import { rulesCommand } from "#cli/rules.ts";

/** The command line: each command in its own file, added here. */
export function program(): Command {
  const { version, description } = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  return new Command("plimsoll")
    .description(description)
    .version(version)
    .showHelpAfterError("(plimsoll --help lists the commands)")
    .addCommand(lintCommand())
    .addCommand(rulesCommand())
    .addCommand(convertCommand())
    .addCommand(gateCommand())
    .addCommand(adminLinkCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand());
}
