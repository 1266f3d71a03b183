import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { cruise } from "dependency-cruiser";

/**
 * Which folder may import which (.dependency-cruiser.cjs). Reading no module at all is a failure:
 * without its parser the tool sees nothing and would be content.
 */
const ROOMS = [
  "app",
  "auth",
  "cli",
  "collectors",
  "components",
  "config",
  "db",
  "demo",
  "jobs",
  "lib",
  "notify",
];
const root = process.argv[2] ?? process.cwd();
process.chdir(root);

const rules = createRequire(import.meta.url)("../.dependency-cruiser.cjs");
const rooms = ROOMS.filter((room) => existsSync(room));
const result = await cruise(rooms, {
  ...rules.options,
  ruleSet: { forbidden: rules.forbidden },
  validate: true,
});
if (typeof result.output === "string")
  throw new Error("dependency-cruiser gave text, not a result");

const { totalCruised, violations } = result.output.summary;
if (totalCruised === 0) {
  console.error("no module was read: is @swc/core installed?");
  process.exitCode = 1;
} else {
  for (const violation of violations) {
    console.error(`${violation.rule.name}: ${violation.from} → ${violation.to}`);
  }
  console.log(`${totalCruised} modules, ${violations.length} violations`);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
