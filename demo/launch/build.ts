import { spawn } from "node:child_process";
import { createWriteStream, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { filesUnder } from "#demo/launch/folder.ts";
import { DemoError, say } from "#demo/launch/say.ts";

/** Everything that ends up in the built pages. */
const SOURCES = [
  "app",
  "auth",
  "collectors",
  "components",
  "config",
  "db",
  "jobs",
  "lib",
  "notify",
  "public",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];
const STILL_BUILDING_MS = 10_000;

/** Builds the pages unless the last build is newer than every source. */
export async function ensureBuild(root: string, logPath: string, signal: AbortSignal) {
  if (isCurrent(root)) return say("pages: built already");
  say("pages: building them, once (about half a minute)");
  const code = await runBuild(root, logPath, signal);
  if (signal.aborted) return;
  if (code !== 0) {
    throw new DemoError(`the pages could not be built:\n${tailOf(logPath)}\nAll of it: ${logPath}`);
  }
  say("pages: built");
}

function isCurrent(root: string): boolean {
  const build = join(root, ".next", "BUILD_ID");
  if (!existsSync(build)) return false;
  const builtAt = statSync(build).mtimeMs;
  const files = SOURCES.flatMap((source) => filesUnder(join(root, source)));
  return files.every((file) => file.includes(".test.") || statSync(file).mtimeMs <= builtAt);
}

async function runBuild(root: string, logPath: string, signal: AbortSignal) {
  const log = createWriteStream(logPath);
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
    killSignal: "SIGTERM",
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ticking = setInterval(() => say("pages: still building"), STILL_BUILDING_MS);
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("error", () => resolve(null));
  child.once("close", resolve);
  const code = await promise;
  clearInterval(ticking);
  await new Promise((done) => log.end(done));
  return code;
}

export function tailOf(logPath: string, lines = 25): string {
  return readFileSync(logPath, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}
