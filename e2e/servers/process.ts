import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real server on loopback, for tests and benches. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  /** Its own temporary folder, removed by `stop`. */
  readonly folder: string;
  stop(): Promise<void>;
}

export interface Binary {
  readonly name: string;
  readonly debianPackage: string;
}

/**
 * Null when the binary is there, else a sentence that says what to install. With CI=true a missing
 * binary is an error: there the tests must run.
 */
export function missing({ name, debianPackage }: Binary): string | null {
  const found = spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
  if (found) return null;
  const sentence = `${name} is not installed; install it with: apt-get install ${debianPackage}`;
  if (process.env.CI === "true") throw new Error(sentence);
  return sentence;
}

/** A folder of its own for one server. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `plimsoll-${name}-`));
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

export interface Launch {
  readonly binary: Binary;
  readonly args: readonly string[];
  readonly url: string;
  /** Answers 200 once the server is ready. */
  readonly readyPath: string;
  readonly folder: string;
}

/** Starts a server and waits until it says that it is ready. */
export async function launch(what: Launch): Promise<RunningServer> {
  const sentence = missing(what.binary);
  if (sentence) throw new Error(sentence);
  const child = spawn(what.binary.name, what.args, { stdio: ["ignore", "ignore", "pipe"] });
  const said = lastWords(child);
  const stop = () => stopServer(child, what.folder);
  try {
    await ready(what, child);
  } catch (error) {
    await stop();
    throw new Error(`${what.binary.name} did not start: ${said()}`, { cause: error });
  }
  return { url: what.url, folder: what.folder, stop, [Symbol.asyncDispose]: stop };
}

function lastWords(child: ChildProcess): () => string {
  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    words = (words + chunk).slice(-2000);
  });
  return () => words;
}

const READY_WITHIN_MS = 30_000;
const ASK_EVERY_MS = 50;

async function ready({ url, readyPath }: Launch, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const answer = await fetch(url + readyPath).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  throw new Error(`it was not ready within ${READY_WITHIN_MS / 1000} s`);
}

async function stopServer(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
