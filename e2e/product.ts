import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** The product as a user starts it, on loopback, with its own database. */
export interface Product {
  readonly url: string;
  readonly pid: number;
  /** What it printed so far. */
  output(): string;
  /** Ends it as Ctrl-C does, or at once with SIGKILL; gives its exit code, null after a SIGKILL. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

/** Builds once, when there is no build or the sources are newer. */
export async function ensureBuild(): Promise<void> {
  if (existsSync(".next/BUILD_ID") && !(await sourcesNewerThan(statSync(".next/BUILD_ID").mtimeMs)))
    return;
  const build = run(["node_modules/.bin/next", "build"], {});
  const code = await new Promise((resolve) => build.child.on("close", resolve));
  if (code !== 0) throw new Error(`next build failed:\n${build.output()}`);
}

async function sourcesNewerThan(time: number): Promise<boolean> {
  const { glob } = await import("node:fs/promises");
  const pattern =
    "{app,auth,cli,collectors,components,config,db,jobs,lib,notify}/**/*.{ts,tsx,css}";
  for await (const file of glob(pattern)) {
    if (!file.includes(".test.") && statSync(file).mtimeMs > time) return true;
  }
  return ["next.config.ts", "instrumentation.ts", "proxy.ts"].some(
    (file) => statSync(file).mtimeMs > time,
  );
}

/** Starts the product and waits until it is ready. */
export async function startProduct(env: Record<string, string>): Promise<Product> {
  await ensureBuild();
  const port = Number(env.PORT ?? (await freePort()));
  const { child, output } = run(["cli/start.ts"], {
    PLIMSOLL_LOG_LEVEL: "warn",
    PLIMSOLL_HOST: "127.0.0.1",
    // Tests of what is behind the door leave it open; those of the door itself say "0".
    PLIMSOLL_NO_AUTH: "1",
    ...env,
    PORT: String(port),
  });
  const url = `http://127.0.0.1:${port}`;
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await until(`${url}/readyz answers`, async () => {
    if (child.exitCode !== null) throw new Error(`the product ended:\n${output()}`);
    return (await fetch(`${url}/readyz`).catch(() => null))?.ok ?? false;
  });
  return {
    url,
    pid: child.pid as number,
    output,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
  };
}

/** A start that ends by itself, because something is wrong: its exit code and what it printed. */
export async function failToStart(
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  await ensureBuild();
  const { child, output } = run(["cli/start.ts"], { PLIMSOLL_LOG_LEVEL: "warn", ...env });
  const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearTimeout(timer);
  return { code, output: output() };
}

function run(
  args: string[],
  env: Record<string, string>,
): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return { child, output: () => text };
}

/** Polls until `check` is true; a throw in it ends the wait. Deadline in ms. */
export async function until(
  what: string,
  check: () => Promise<boolean>,
  deadlineMs = 60_000,
): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited ${deadlineMs / 1000} s in vain until ${what}`);
    await wait(100);
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
