import type { KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Desk } from "#demo/github/desk.ts";
import { type GithubFault, NO_FAULT, readFault, takeFault } from "#demo/github/fault.ts";
import { LIMITED, serveGraphql } from "#demo/github/graphql.ts";
import { newQuota, quotaHeaders } from "#demo/github/quota.ts";
import { ok, type Reply, refuse } from "#demo/github/reply.ts";
import { serveRest } from "#demo/github/rest.ts";
import type { World } from "#demo/github/world.ts";

/** A stand-in for GitHub on loopback: its public GraphQL schema, executed over a world in memory. */
export interface GithubStandIn {
  /** As of github.com's API; an Enterprise server is `${url}/api/v3`. */
  readonly url: string;
  readonly desk: Desk;
  fault: GithubFault;
  close(): Promise<void>;
}

export interface GithubOptions {
  readonly world: World;
  readonly clock: () => number;
  /** Default: one that is called `demo-token`. */
  readonly tokens?: readonly string[];
  readonly app?: {
    readonly id: string;
    readonly publicKey: KeyObject;
    readonly installationId: number;
  };
  readonly pointsPerHour?: number;
  /** 0 = any that is free. */
  readonly port?: number;
}

const MAX_BODY_BYTES = 1024 * 1024;

export async function startGithub(options: GithubOptions): Promise<GithubStandIn> {
  const desk: Desk = {
    world: options.world,
    clock: options.clock,
    quota: newQuota(options.clock(), options.pointsPerHour),
    tokens: new Set(options.tokens ?? ["demo-token"]),
    app: options.app ?? null,
    queries: [],
    protection: [],
    fault: NO_FAULT,
  };
  const server = createServer((request, response) => {
    serve(desk, request, response).catch((error: unknown) => {
      if (!response.destroyed) send(response, refuse(500, String(error)));
    });
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    desk,
    get fault() {
      return desk.fault;
    },
    set fault(fault) {
      desk.fault = fault;
    },
    close: () => close(server),
  };
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
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  const body = await readBody(request);
  if (url.pathname === "/-/fault" && request.method === "PUT")
    return send(response, switchFault(desk, body));
  const fault = takeFault(desk);
  if (fault.kind === "down") return response.destroy();
  if (fault.kind === "slow") await wait(fault.ms, undefined, { ref: false });
  if (response.destroyed) return;
  const suffered = suffer(desk, fault);
  send(response, suffered ?? (await route(desk, { url, body, fault, request })));
}

function switchFault(desk: Desk, body: string): Reply {
  const fault = readFault(body);
  if (!fault) return refuse(400, 'the body must be a fault, such as {"kind":"down"}');
  desk.fault = fault;
  return ok(fault);
}

/** What a fault answers instead of the API; null when the API still answers. */
function suffer(desk: Desk, fault: GithubFault): Reply | null {
  if (fault.kind === "garbage")
    return { status: 200, body: "<!doctype html><title>Sign in</title>", headers: HTML };
  if (fault.kind === "redirect") return { status: 302, body: "", headers: { location: fault.to } };
  if (fault.kind === "secondary") {
    const after = { "retry-after": String(fault.retryAfterSeconds) };
    return refuse(fault.status, "You have exceeded a secondary rate limit.", after);
  }
  if (fault.kind !== "rate-limited") return null;
  const quota = { ...desk.quota, used: desk.quota.limit };
  quota.resetAt = desk.clock() + fault.resetSeconds * 1000;
  return ok(LIMITED, quotaHeaders(quota, "graphql"));
}

const HTML = { "content-type": "text/html" };

interface Routed {
  readonly url: URL;
  readonly body: string;
  readonly fault: GithubFault;
  readonly request: IncomingMessage;
}

/** An Enterprise server answers under `/api/graphql` and `/api/v3`. */
async function route(desk: Desk, { url, body, fault, request }: Routed): Promise<Reply> {
  const bearer = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const path = url.pathname.replace(/^\/api(\/v3)?(?=\/)/, "");
  if (path === "/graphql" && request.method === "POST") {
    if (!desk.tokens.has(bearer)) return refuse(401, "Bad credentials");
    return serveGraphql(desk, body, fault);
  }
  if (fault.kind === "bad-gateway") return refuse(502, "Bad Gateway");
  const asked = new URL(`${path}${url.search}`, url);
  return serveRest(desk, { method: request.method ?? "GET", url: asked, bearer, body });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Error(`the body is over ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  const type = { "content-type": "application/json; charset=utf-8" };
  response.writeHead(status, { ...type, ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}
