import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { refuse, refuseRaw } from "#cli/server/answer.ts";
import { BodyGate, saysTooMuch, tooLarge } from "#cli/server/body.ts";
import { BOUNDS, type Bounds } from "#cli/server/bounds.ts";
import { boundConnections } from "#cli/server/crowd.ts";
import { settleHeaders } from "#cli/server/headers.ts";
import { NO_SUCH_METHOD, type Refusal, refusalOf } from "#cli/server/target.ts";
import { log } from "#config/log.ts";
import { securityHeaders } from "#lib/access/headers.ts";

export interface EdgeOptions {
  readonly trustedProxies: readonly string[];
  /** Whether people reach us by https, which browsers are then told to insist on. */
  readonly https: boolean;
  readonly dev: boolean;
  readonly bounds?: Bounds;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * The HTTP server in front of Next: whatever is malformed, too large or too slow ends here, with an
 * answer; what goes on carries no header that a client could fool us with.
 */
export function edgeServer(options: EdgeOptions, handle: Handler): Server {
  const bounds = options.bounds ?? BOUNDS;
  const server = createServer(optionsOf(bounds, options.dev));
  boundConnections(server, { ...bounds, trustedProxies: options.trustedProxies });
  server.timeout = options.dev ? 0 : bounds.idleMs;
  const edge = new Edge(options, handle);
  const take = (request: IncomingMessage, response: ServerResponse) => edge.take(request, response);
  server.on("request", take);
  // A body that is refused for the length it gives need not be sent at all.
  server.on("checkContinue", (request, response) => {
    if (!saysTooMuch(request)) response.writeContinue();
    take(request, response);
  });
  server.on("clientError", (error, socket) => edge.giveUp(error, socket));
  server.on("connect", (_request, socket) => refuseRaw(socket, NO_SUCH_METHOD));
  return server;
}

function optionsOf(bounds: Bounds, dev: boolean) {
  return {
    headersTimeout: bounds.headersMs,
    requestTimeout: bounds.requestMs,
    connectionsCheckingInterval: Math.min(2_000, bounds.headersMs / 4),
    keepAliveTimeout: bounds.keepAliveMs,
    maxHeaderSize: bounds.headerBytes,
    insecureHTTPParser: false,
    // Asked for in target.ts, with an answer that says so.
    requireHostHeader: false,
    // Nothing of ours speaks another protocol; development reloads pages through a web socket.
    shouldUpgradeCallback: () => dev,
  };
}

class Edge {
  readonly #options: EdgeOptions;
  readonly #handle: Handler;
  readonly #gate: BodyGate;
  readonly #headers: Headers;
  /** What is being answered on a connection, so that no second answer is written into it. */
  readonly #current = new WeakMap<Duplex, ServerResponse>();

  constructor(options: EdgeOptions, handle: Handler) {
    this.#options = options;
    this.#handle = handle;
    this.#gate = new BodyGate((options.bounds ?? BOUNDS).bodyBytes);
    this.#headers = new Headers(securityHeaders({ https: options.https }));
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    response.setHeaders(this.#headers);
    const refusal =
      refusalOf(request) ?? (saysTooMuch(request) ? tooLarge(request.url ?? "") : null);
    if (refusal) refuse(response, refusal);
    else void this.#pass(request, response);
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    const peer = socket.remoteAddress ?? "";
    const caller = settleHeaders(request.headers, peer, this.#options.trustedProxies);
    const refusal = await this.#gate.whole(request, { response, caller });
    if (refusal) return refuse(response, refusal);
    this.#current.set(socket, response);
    await this.#handle(request, response).catch((error: unknown) => failed(response, error));
  }

  /** A request that cannot be read, or does not arrive in time. */
  giveUp(error: NodeJS.ErrnoException, socket: Duplex): void {
    const current = this.#current.get(socket);
    const isAnswering = current?.headersSent && !current.writableFinished;
    if (error.code === "ECONNRESET" || isAnswering) socket.destroy();
    else refuseRaw(socket, reasonOf(error.code));
  }
}

function reasonOf(code: string | undefined): Refusal {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return { status: 408, code: "too-slow", message: "The request did not arrive in time." };
  }
  if (code === "HPE_HEADER_OVERFLOW") {
    return { status: 431, code: "headers-too-large", message: "Send fewer or shorter headers." };
  }
  return { status: 400, code: "bad-request", message: "This is not a request in HTTP/1.1." };
}

/** Whoever hangs up in the middle is nobody's failure. */
function failed(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  log().error({ err: error }, "request failed");
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { "content-type": "text/plain" }).end("Internal Server Error");
}
