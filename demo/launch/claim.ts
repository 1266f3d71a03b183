import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "#db/error.ts";
import { acquireLock, type Lock } from "#db/pglite/lock.ts";
import { DemoError } from "#demo/launch/say.ts";

/** Two demos would pull the folder from under each other: the second is refused. */
export function claimDemo(root: string): Lock {
  const folder = join(root, ".plimsoll");
  mkdirSync(folder, { recursive: true });
  try {
    return acquireLock(join(folder, "demo.lock"));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new DemoError("a demo is running already from this folder; end that one first");
  }
}
