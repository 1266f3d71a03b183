import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const MINUTE = 60_000;
/** After a day the story's "40 minutes ago" is stale: it is told anew. */
const MAX_AGE_MS = 24 * 60 * MINUTE;

const stateShape = z.object({
  anchor: z.number(),
  fingerprint: z.string(),
  /** The last act has been played: the edge is silent and a document is broken. */
  complete: z.boolean(),
});
export type DemoState = z.infer<typeof stateShape>;

/** The demo's own folder: a copy of the documents, which may be edited, the database and the logs. */
export interface DemoFolder {
  readonly path: string;
  readonly state: DemoState;
  readonly reused: boolean;
}

/** Reuses the folder of an earlier run that is still good, or makes a new one. */
export function prepareFolder(root: string, of: { now: number; fresh: boolean }): DemoFolder {
  const path = join(root, ".plimsoll", "demo");
  const fingerprint = fingerprintOf(root);
  const before = of.fresh ? null : readState(path);
  const reused = before !== null && isGood(before, fingerprint, of.now);
  const state = reused ? before : makeFolder(root, path, { fingerprint, now: of.now });
  return { path, state, reused };
}

function makeFolder(
  root: string,
  path: string,
  of: { fingerprint: string; now: number },
): DemoState {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  cpSync(join(root, "demo", "slos"), join(path, "slos"), { recursive: true });
  cpSync(join(root, "demo", "plimsoll.yaml"), join(path, "plimsoll.yaml"));
  const anchor = Math.floor(of.now / MINUTE) * MINUTE;
  const state = { anchor, fingerprint: of.fingerprint, complete: false };
  writeState(path, state);
  return state;
}

function isGood(state: DemoState, fingerprint: string, now: number): boolean {
  const age = now - state.anchor;
  return state.fingerprint === fingerprint && age >= 0 && age < MAX_AGE_MS;
}

function readState(path: string): DemoState | null {
  const file = join(path, "state.json");
  if (!existsSync(file)) return null;
  try {
    return stateShape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

export function writeState(path: string, state: DemoState): void {
  writeFileSync(join(path, "state.json"), `${JSON.stringify(state)}\n`);
}

/** Data made by another story, or under another schema, is of no use. */
function fingerprintOf(root: string): string {
  const hash = createHash("sha256");
  for (const room of ["demo/story", "demo/slos", "demo/plimsoll.yaml", "db/migrations"]) {
    for (const file of filesUnder(join(root, room))) hash.update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** All files below a path, or itself; none when there is nothing. */
export function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
