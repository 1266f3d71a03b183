import { createServer } from "node:net";
import { DemoError } from "#demo/launch/say.ts";

const TRIES = 50;

/** The first port from `wanted` on that is free on loopback. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + TRIES && port <= 65_535; port++) {
    if (await isFree(port)) return port;
  }
  throw new DemoError(`no port from ${wanted} on is free; set PORT to another`);
}

async function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once("error", () => resolve(false));
  server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  return promise;
}
