import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** Ways in which an upstream lets us down. */
export type Fault =
  | "none"
  | "down"
  | "slow"
  | "trickle"
  | "too-many"
  | "error"
  | "unauthorized"
  | "garbage"
  | "truncated"
  | "oversize"
  | "redirect"
  | "empty"
  | "nothing";

export interface FaultProxy extends AsyncDisposable {
  readonly url: string;
  fault: Fault;
  /** Request headers and bodies as they arrived. */
  readonly requests: { readonly path: string; readonly body: string }[];
  stop(): Promise<void>;
}

/** Stands in front of a real server on loopback, at a given port or a free one, and answers wrongly when told to. */
export async function startFaultProxy(upstream: string, port = 0): Promise<FaultProxy> {
  const server = createServer((request, response) => {
    void answer(proxy, upstream, request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${address.port}`,
    fault: "none",
    requests: [],
    stop,
    [Symbol.asyncDispose]: stop,
  };
  return proxy;
}

async function answer(
  proxy: FaultProxy,
  upstream: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await textOf(request);
  proxy.requests.push({ path: request.url ?? "", body });
  const healthy = proxy.fault === "none" || (proxy.fault === "nothing" && !asksForSeries(request));
  if (healthy) await passOn(upstream, request, body, response);
  else FAULTS[proxy.fault as Exclude<Fault, "none">](response, request);
}

function asksForSeries({ url }: IncomingMessage): boolean {
  return url?.includes("/api/v1/query") ?? false;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function passOn(
  upstream: string,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const answered = await fetch(upstream + request.url, {
    method: request.method,
    headers: { "content-type": request.headers["content-type"] ?? "text/plain" },
    body: request.method === "POST" ? body : undefined,
  });
  response.writeHead(answered.status, { "content-type": "application/json" });
  response.end(await answered.text());
}

const NO_SERIES = JSON.stringify({
  status: "success",
  data: { resultType: "matrix", result: [] },
});

const JSON_HEAD = { "content-type": "application/json" };

/** The answer that echoes the credentials is the meanest: nothing of it may reach a message. */
const FAULTS: Record<Exclude<Fault, "none">, (to: ServerResponse, of: IncomingMessage) => void> = {
  down: (to) => to.destroy(),
  slow: () => undefined,
  trickle: (to) => {
    to.writeHead(200, JSON_HEAD);
    const timer = setInterval(() => to.write(" "), 20);
    to.on("close", () => clearInterval(timer));
  },
  "too-many": (to) => to.writeHead(429, { "retry-after": "7" }).end("slow down"),
  error: (to, of) =>
    to
      .writeHead(500, JSON_HEAD)
      .end(JSON.stringify({ status: "error", error: `broken: ${of.headers.authorization}` })),
  unauthorized: (to, of) => to.writeHead(401).end(`who is ${of.headers.authorization}?`),
  garbage: (to) => to.writeHead(200, JSON_HEAD).end("<html>welcome</html>"),
  truncated: (to) => {
    to.writeHead(200, { ...JSON_HEAD, "content-length": "1000" });
    to.write('{"status":"success","data":{"resultType":"matrix","res', () => to.destroy());
  },
  oversize: (to) => {
    to.writeHead(200, JSON_HEAD);
    sendForever(to, Buffer.alloc(1024 * 1024, " "));
  },
  redirect: (to) =>
    to.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end(),
  empty: (to) => to.writeHead(200, JSON_HEAD).end(),
  nothing: (to) => to.writeHead(200, JSON_HEAD).end(NO_SERIES),
};

function sendForever(to: ServerResponse, chunk: Buffer): void {
  if (to.destroyed) return;
  if (to.write(chunk)) setImmediate(() => sendForever(to, chunk));
  else to.once("drain", () => sendForever(to, chunk));
}
