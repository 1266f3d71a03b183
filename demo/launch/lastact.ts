import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DemoFolder, writeState } from "#demo/launch/folder.ts";
import { setFault, type Urls } from "#demo/launch/standins.ts";

const EDITED = "slos/platform/notifications.yaml";
const RIGHT = "target: 0.98";
const WRONG = "target: 98";

/**
 * What goes wrong once the history is in: somebody breaks a document, whose last good version stays
 * in force; and the edge's Prometheus, which had nothing new for 40 minutes, stops answering at all.
 */
export async function playLastAct(folder: DemoFolder, urls: Urls): Promise<void> {
  await silenceEdge(urls);
  if (folder.state.complete) return;
  breakDocument(join(folder.path, EDITED));
  writeState(folder.path, { ...folder.state, complete: true });
}

export async function silenceEdge({ edge }: Urls): Promise<void> {
  await setFault(edge, { kind: "status", status: 503, message: "no healthy upstream" });
}

function breakDocument(path: string): void {
  const text = readFileSync(path, "utf8");
  if (!text.includes(RIGHT)) throw new Error(`${path} has no “${RIGHT}” to break`);
  writeFileSync(path, text.replace(RIGHT, WRONG));
}
