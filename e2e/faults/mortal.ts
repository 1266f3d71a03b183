import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A process of ours that a test may end without warning. */
export interface Mortal {
  /** Resolves with true when the process has printed the line so often, with false when it ended before. */
  heard(line: string, times?: number): Promise<boolean>;
  /** SIGKILL: no handler runs. Resolves when it is gone. */
  kill(): Promise<void>;
  /** What it printed on standard error. */
  lastWords(): string;
}

/** Runs a TypeScript file of the project with Node. */
export function startMortal(file: string, argument: unknown): Mortal {
  const child = spawn(process.execPath, [file, JSON.stringify(argument)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PLIMSOLL_LOG_LEVEL: "silent", NODE_ENV: "test" },
  });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let words = "";
  child.stderr.on("data", (chunk: Buffer) => {
    words = (words + chunk).slice(-4000);
  });
  return {
    heard: (line, times = 1) => hear(child, line, times),
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    lastWords: () => words,
  };
}

function hear(child: ChildProcess, wanted: string, times: number): Promise<boolean> {
  return new Promise((resolve) => {
    let left = times;
    if (!child.stdout) throw new Error("no output to listen to");
    createInterface({ input: child.stdout })
      .on("line", (line) => {
        if (line === wanted && --left === 0) resolve(true);
      })
      .on("close", () => resolve(false));
  });
}
