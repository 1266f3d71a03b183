import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { StorySeries } from "#demo/story/series.ts";
import { instant, matrix, nothing } from "#demo/upstreams/answer.ts";
import { type Fault, NO_FAULT, readFault, suffer } from "#demo/upstreams/fault.ts";
import { labelNames, labelValues } from "#demo/upstreams/names.ts";
import { evaluateQuery } from "#demo/upstreams/query/evaluate.ts";
import { BadQuery } from "#demo/upstreams/query/value.ts";
import { Recording } from "#demo/upstreams/recording.ts";
import {
  readBody,
  readParameters,
  readTime,
  readTimes,
  required,
} from "#demo/upstreams/request.ts";

/**
 * A stand-in for a Prometheus server, on loopback: its HTTP API as far as our collector uses it, over
 * the story's series. It reads the queries that our collector writes; it is no PromQL engine.
 */
export interface StandIn {
  readonly url: string;
  fault: Fault;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly name: string;
  readonly series: readonly StorySeries[];
  /** Nothing later than this is known. */
  readonly clock: () => number;
  /** 0 = any that is free. */
  readonly port?: number;
}

interface Desk {
  readonly options: StandInOptions;
  readonly recording: Recording;
  readonly standIn: { fault: Fault };
}

export async function startPrometheus(options: StandInOptions): Promise<StandIn> {
  const standIn = { fault: NO_FAULT };
  const desk: Desk = { options, recording: new Recording(options.series), standIn };
  const server = createServer((request, response) => {
    serve(desk, request, response).catch((error: unknown) => fail(response, error));
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return Object.assign(standIn, {
    url: `http://127.0.0.1:${port}`,
    close: () => close(server),
  });
}

async function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  await promise;
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  await promise;
}

async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  if (url.pathname === "/-/fault" && request.method === "PUT") {
    return switchFault(desk, request, response);
  }
  if (await suffer(desk.standIn.fault, response)) return;
  const route = ROUTES[url.pathname] ?? valuesRoute(url.pathname);
  if (!route) return send(response, 404, { status: "error", error: "there is no such page here" });
  const data = route(desk, await readParameters(request, url));
  send(response, 200, { status: "success", data });
}

async function switchFault(desk: Desk, request: IncomingMessage, response: ServerResponse) {
  const fault = readFault(await readBody(request));
  if (!fault) throw new BadQuery('the body must be a fault, such as {"kind":"down"}');
  desk.standIn.fault = fault;
  send(response, 200, { status: "success", data: fault });
}

type Route = (desk: Desk, parameters: URLSearchParams) => unknown;

const ROUTES: Readonly<Record<string, Route>> = {
  "/-/ready": () => "ready",
  "/api/v1/query_range": queryRange,
  "/api/v1/query": query,
  "/api/v1/status/buildinfo": () => ({ application: "Demo stand-in", version: "1" }),
  "/api/v1/targets": targets,
  "/api/v1/labels": ({ recording }, asked) => labelNames(recording, asked.get("match[]")),
};

function valuesRoute(path: string): Route | null {
  const label = /^\/api\/v1\/label\/(\w+)\/values$/.exec(path)?.[1];
  if (label === undefined) return null;
  return ({ recording }, asked) => labelValues(recording, label, asked.get("match[]"));
}

function queryRange(desk: Desk, parameters: URLSearchParams): unknown {
  const asked = required(parameters, "query");
  const now = desk.options.clock();
  const times = readTimes(parameters).filter((t) => t <= now);
  const value = evaluateQuery(desk.recording, asked, times);
  return desk.standIn.fault.kind === "empty" ? nothing("matrix") : matrix(value, times);
}

function query(desk: Desk, parameters: URLSearchParams): unknown {
  const now = desk.options.clock();
  const at = parameters.get("time");
  const time = at ? readTime(at, "time") : now;
  const value = evaluateQuery(desk.recording, required(parameters, "query"), [time]);
  const isKnown = time <= now && desk.standIn.fault.kind !== "empty";
  return isKnown ? instant(value, time) : nothing("vector");
}

function targets({ options }: Desk): unknown {
  const services = new Set(options.series.map(({ labels }) => labels.service));
  const activeTargets = [...services].map((job) => ({
    labels: { job, source: options.name },
    health: "up",
    scrapeInterval: "15s",
  }));
  return { activeTargets, droppedTargets: [] };
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) return;
  if (error instanceof BadQuery) {
    send(response, 400, { status: "error", errorType: "bad_data", error: error.message });
    return;
  }
  const said = error instanceof Error ? error.message : String(error);
  send(response, 500, { status: "error", errorType: "internal", error: said });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}
