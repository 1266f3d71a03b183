import { randomUUID } from "node:crypto";
import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { StoreError } from "#db/error.ts";

/** PGlite does not notice a second process on its folder and then loses rows: this file does. */
export interface Lock {
  release(): void;
}

interface Holder {
  readonly pid: number;
  /** When the process began, in the system's own unit: a later process may get the same pid. */
  readonly startedAt: string | null;
  readonly host: string;
  readonly token: string;
}

const HEARTBEAT_MS = 5_000;
/** A holder on another machine cannot be looked at; it is alive while it touches the file. */
const SILENT_MS = 30_000;
const ATTEMPTS = 5;

/** Takes the lock, or throws a sentence that names who has it. A lock whose holder is dead is taken over. */
export function acquireLock(file: string): Lock {
  const mine: Holder = {
    pid: process.pid,
    startedAt: startOf(process.pid),
    host: hostname(),
    token: randomUUID(),
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (claim(file, mine)) return hold(file, mine);
    const holder = readHolder(file);
    if (holder && isAlive(holder, file)) throw refusal(file, holder);
    setAside(file, holder);
  }
  throw new StoreError(`the lock ${file} keeps changing hands: start one Plimsoll only`);
}

/** Makes the file with its whole content at once, unless there is one. */
function claim(file: string, mine: Holder): boolean {
  const draft = `${file}.${mine.token}`;
  writeFileSync(draft, JSON.stringify(mine));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function hold(file: string, mine: Holder): Lock {
  const beat = setInterval(() => touch(file), HEARTBEAT_MS);
  beat.unref();
  const release = () => {
    clearInterval(beat);
    process.off("exit", release);
    if (readHolder(file)?.token === mine.token) rmSync(file, { force: true });
  };
  process.on("exit", release);
  return { release };
}

function touch(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // Removed by hand: whoever did that has decided.
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.host !== hostname()) {
    const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Date.now() - touched < SILENT_MS;
  }
  return isRunning(holder.pid) && startOf(holder.pid) === holder.startedAt;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Clock ticks from boot to the process's start, on Linux; null where there is no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

/** Moves a dead holder's file away; if another process was faster and it is that one's, puts it back. */
function setAside(file: string, dead: Holder | null): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && moved.token !== dead?.token) linkSync(aside, file);
  rmSync(aside, { force: true });
}

function refusal(file: string, { pid, host }: Holder): StoreError {
  const who = host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
  return new StoreError(
    `the embedded database is in use by ${who}, and only one process may have it. ` +
      "Stop that process first, or use PostgreSQL (PLIMSOLL_DATABASE_URL=postgres://…) for several. " +
      `Lock: ${file}`,
  );
}
