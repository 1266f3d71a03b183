import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { Fault } from "#demo/upstreams/fault.ts";
import type { WorkerData } from "#demo/upstreams/worker.ts";

const urlsShape = z.object({ main: z.string(), edge: z.string(), github: z.string() });
export type Urls = z.infer<typeof urlsShape>;

export interface StandIns {
  readonly urls: Urls;
  close(): Promise<void>;
}

/** Starts the stand-ins in their thread, on ports that are free. */
export async function startStandIns(anchor: number): Promise<StandIns> {
  const workerData: WorkerData = { anchor, ports: { main: 0, edge: 0, github: 0 } };
  const worker = new Worker(new URL("../upstreams/worker.ts", import.meta.url), { workerData });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  worker.once("message", resolve);
  worker.once("error", reject);
  const urls = urlsShape.parse(await promise);
  return {
    urls,
    close: async () => {
      await worker.terminate();
    },
  };
}

/** Switches a stand-in's fault, as a person could with curl. */
export async function setFault(url: string, fault: Fault): Promise<void> {
  const answer = await fetch(`${url}/-/fault`, { method: "PUT", body: JSON.stringify(fault) });
  if (!answer.ok) throw new Error(`${url} refused the fault: ${await answer.text()}`);
}
