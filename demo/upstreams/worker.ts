import { parentPort, workerData } from "node:worker_threads";
import { tellStory } from "#demo/story/story.ts";
import { startPrometheus } from "#demo/upstreams/prometheus.ts";

/** What the demo tells the thread of its stand-ins. */
export interface WorkerData {
  readonly anchor: number;
  readonly ports: Readonly<Record<string, number>>;
}

/** All stand-ins in a thread of their own, so that computing the story slows nothing else down. */
const { anchor, ports } = workerData as WorkerData;
const story = tellStory(anchor);
const urls: Record<string, string> = {};
for (const [name, port] of Object.entries(ports)) {
  const series = story.series(name);
  const { url } = await startPrometheus({ name, series, port, clock: () => Date.now() });
  urls[name] = url;
}
parentPort?.postMessage(urls);
