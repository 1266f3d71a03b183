import { join } from "node:path";
import { openStore } from "#db/client.ts";
import type { Db } from "#db/connection.ts";
import { migrate } from "#db/migrate.ts";
import { askException, decideException } from "#db/writes/exceptions.ts";
import type { DemoFolder } from "#demo/launch/folder.ts";
import { ASKED, type Asking } from "#demo/story/exceptions.ts";
import type { Person } from "#lib/access/actor.ts";

/**
 * Writes down what people asked for and decided before the demo began. Sign-in is off in it, so that
 * nobody could decide there.
 */
export async function seedExceptions({ path, state, reused }: DemoFolder): Promise<void> {
  if (reused) return;
  const store = await openStore(`pglite://${join(path, "data")}`);
  try {
    await migrate(store);
    for (const asking of ASKED) await seed(store.db, asking, state.anchor);
  } finally {
    await store.close();
  }
}

async function seed(db: Db, asking: Asking, anchor: number): Promise<void> {
  const { asker, agoMs, lastsMs, decided, ...asked } = asking;
  const at = anchor - agoMs;
  const by = { actor: person(asker), address: null, at };
  const ask = { ...asked, environment: "production", expiresAt: at + lastsMs, follows: null };
  const { id } = await askException(db, by, ask);
  if (!decided) return;
  const { decider, afterMs, decision, note } = decided;
  const decidedBy = { actor: person(decider), address: null, at: at + afterMs };
  await decideException(db, decidedBy, { id, decision, note });
}

function person(name: string): Person {
  const id = name.toLowerCase().replaceAll(" ", ".");
  return { kind: "person", id, name, email: `${id}@example.com`, admin: true, editorOf: [] };
}

/** Pipelines that asked whether they may ship; the answers stand in the gate log. */
export async function askGate(url: string): Promise<void> {
  for (const [service, change, sha] of PIPELINES) {
    const asked = new URLSearchParams({ service, change, sha, environment: "production" });
    const answer = await fetch(`${url}/api/v1/gate?${asked}`);
    if (!answer.ok) throw new Error(`the gate refused to answer for ${service}: ${answer.status}`);
    await answer.body?.cancel();
  }
}

const PIPELINES = [
  ["search", "feature", "5b1f0c9d27e8a4463f1d9be07c52a8e6f3d41b70"],
  ["payments", "feature", "c07a9e3148bd5f26e1907d3ca4b85f602e97d1c4"],
  ["cdn", "feature", "18e4d7b05ca93f62d87b1e40f95c236ad0847be1"],
  ["checkout", "feature", "9d20f4b7a6e15c83d04b97fe218ac5631f70ed94"],
  ["checkout", "p0", "e4c81a5d93f7062b8ed15a7c40b9f3268d1e07fa"],
] as const;
