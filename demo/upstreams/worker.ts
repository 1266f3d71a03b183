import { parentPort, workerData } from "node:worker_threads";
import { startGithub } from "#demo/github/server.ts";
import { tellDeliveries } from "#demo/story/deliveries/tell.ts";
import { tellStory } from "#demo/story/story.ts";
import { startPrometheus } from "#demo/upstreams/prometheus.ts";

/** What the demo tells the thread of its stand-ins. */
export interface WorkerData {
  readonly anchor: number;
  readonly ports: Readonly<Record<"main" | "edge" | "github", number>>;
}

const MINUTE_MS = 60_000;
const clock = () => Date.now();

/** All stand-ins in a thread of their own, so that computing the story slows nothing else down. */
const { anchor, ports } = workerData as WorkerData;
const urls = {
  main: await prometheus("main"),
  edge: await prometheus("edge"),
  github: await github(),
};
parentPort?.postMessage(urls);

async function prometheus(name: "main" | "edge"): Promise<string> {
  const series = tellStory(anchor).series(name);
  return (await startPrometheus({ name, series, port: ports[name], clock })).url;
}

/** GitHub's world goes on by the minute. */
async function github(): Promise<string> {
  const world = tellDeliveries(anchor, clock());
  const { url } = await startGithub({ world, clock, port: ports.github });
  setInterval(() => {
    const { repositories } = tellDeliveries(anchor, clock());
    world.repositories.splice(0, world.repositories.length, ...repositories);
  }, MINUTE_MS);
  return url;
}
