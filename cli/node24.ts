import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const WANTED = 24;

/**
 * True when this process may go on. On an older Node it runs the same command on the Node that was
 * installed with Plimsoll and ends this process as that one ended; without it, says what to do.
 */
export function runOnNode24(script: string): boolean {
  if (major(process.versions.node) >= WANTED) return true;
  const node = installedNode();
  if (node === null) {
    console.error(
      `plimsoll: needs Node ${WANTED}, this is ${process.versions.node}; run npm ci, which installs it`,
    );
    process.exitCode = 1;
    return false;
  }
  const { status, error } = spawnSync(node, [script, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  if (error) console.error(`plimsoll: ${node} cannot be run: ${error.message}`);
  process.exitCode = status ?? 1;
  return false;
}

function major(version: string): number {
  return Number.parseInt(version, 10);
}

/** The `node` of the npm package of that name, when it is new enough. */
function installedNode(): string | null {
  const require = createRequire(import.meta.url);
  try {
    const manifest = require.resolve("node/package.json");
    const { version } = require(manifest) as { version: string };
    if (major(version) < WANTED) return null;
    const names = ["node", "node.exe"].map((name) => join(dirname(manifest), "bin", name));
    return names.find((path) => existsSync(path)) ?? null;
  } catch {
    return null;
  }
}
