import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join, relative } from "node:path";
import type { Urls } from "#demo/launch/standins.ts";

const PATIENCE_MS = 10_000;

/** The product itself, as a child with its own process group: Ctrl-C reaches it through us alone. */
export interface Product {
  readonly url: string;
  /** Settled when it has ended, with its exit code. */
  readonly ended: Promise<number | null>;
  /** Aborted when it has ended. */
  readonly over: AbortSignal;
  stop(): Promise<void>;
}

export interface ProductOptions {
  readonly root: string;
  readonly folder: string;
  readonly port: number;
  readonly urls: Urls;
  readonly logPath: string;
}

export function startProduct(options: ProductOptions): Product {
  const { root, port, logPath } = options;
  const log = createWriteStream(logPath);
  const child = spawn(process.execPath, [join(root, "cli", "start.ts")], {
    cwd: root,
    env: { ...process.env, ...environment(options) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  process.once("exit", () => kill(child, "SIGKILL"));
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  child.once("error", () => resolve(null));
  child.once("close", (code) => log.end(() => resolve(code)));
  const over = new AbortController();
  void ended.then(() => over.abort());
  return {
    url: `http://localhost:${port}`,
    ended,
    over: over.signal,
    stop: () => stop(child, ended),
  };
}

function environment({ root, folder, port, urls }: ProductOptions): Record<string, string> {
  const url = `http://localhost:${port}`;
  return {
    PLIMSOLL_CONFIG: join(folder, "plimsoll.yaml"),
    PLIMSOLL_DATABASE_URL: `pglite://${relative(root, join(folder, "data"))}`,
    PLIMSOLL_NO_AUTH: "1",
    PLIMSOLL_HOST: "127.0.0.1",
    PLIMSOLL_ROLE: "all",
    PLIMSOLL_URL: url,
    PLIMSOLL_SLOS: "",
    PLIMSOLL_PROMETHEUS_URL: "",
    PORT: String(port),
    NODE_ENV: "production",
    DEMO_MAIN_URL: urls.main,
    DEMO_EDGE_URL: urls.edge,
    DEMO_GITHUB_URL: urls.github,
  };
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  kill(child, "SIGTERM");
  const impatient = setTimeout(() => kill(child, "SIGKILL"), PATIENCE_MS);
  await ended;
  clearTimeout(impatient);
}

/** The whole group, so that nothing it started stays behind. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has just ended by itself.
  }
}
