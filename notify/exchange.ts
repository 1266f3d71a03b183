import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Destination } from "#lib/net/destination.ts";
import type { Address } from "#notify/resolve.ts";

export interface OutboundInit {
  readonly method?: "GET" | "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  /** As many bytes of it as the cap allows, as UTF-8. */
  readonly body: string;
  /** The body was longer than the cap, and was not read to its end. */
  readonly cut: boolean;
  readonly retryAfter: string | null;
  /** The address that answered. */
  readonly address: string;
}

interface Exchange {
  readonly destination: Destination;
  readonly addresses: readonly Address[];
  readonly init: OutboundInit;
  readonly bodyBytes: number;
  readonly signal: AbortSignal;
}

const HEADER_BYTES = 16 * 1024;
/** What the connection itself decides. */
const OUR_HEADERS = new Set(["host", "connection", "content-length", "transfer-encoding"]);

/** One request over a new connection to one of `addresses`; the name is not resolved again. */
export function exchange(call: Exchange): Promise<Answer> {
  const { destination, init } = call;
  return new Promise((resolve, reject) => {
    const send = destination.url.protocol === "https:" ? requestHttps : requestHttp;
    const sent = send(optionsOf(call), (answer) => {
      readAnswer(answer, call.bodyBytes).then(resolve, reject);
    });
    sent.on("error", reject);
    sent.end(init.body);
  });
}

function optionsOf({ destination, addresses, init, signal }: Exchange) {
  const { url, host, port } = destination;
  const https = url.protocol === "https:";
  return {
    host,
    port,
    path: `${url.pathname}${url.search}`,
    method: init.method ?? "POST",
    headers: headersOf(destination, init),
    lookup: onlyThese(addresses),
    // A name of the certificate is a name; addresses are checked without.
    ...(https && isIP(host) === 0 ? { servername: host } : {}),
    // An agent of its own takes no proxy from the environment, and reuses no connection.
    agent: https ? new HttpsAgent() : new HttpAgent(),
    maxHeaderSize: HEADER_BYTES,
    signal,
  };
}

function headersOf({ url }: Destination, { headers = {}, body }: OutboundInit) {
  const given = Object.entries(headers).filter(([name]) => !OUR_HEADERS.has(name.toLowerCase()));
  return {
    "user-agent": "Plimsoll",
    // What is not packed cannot unpack to more than the cap.
    "accept-encoding": "identity",
    ...Object.fromEntries(given),
    host: url.host,
    ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
  };
}

/** In the place of name resolution: what was resolved and checked before. */
function onlyThese(addresses: readonly Address[]): LookupFunction {
  return (_name, { all }, done) => {
    if (all) return done(null, [...addresses]);
    const [first] = addresses;
    if (first) done(null, first.address, first.family);
    else done(new Error("no address"), "", 0);
  };
}

async function readAnswer(answer: IncomingMessage, most: number): Promise<Answer> {
  const address = answer.socket.remoteAddress ?? "";
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    chunks.push(chunk);
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > most) break;
  }
  return {
    status: answer.statusCode ?? 0,
    body: Buffer.concat(chunks).subarray(0, most).toString("utf8"),
    cut: size > most,
    retryAfter: answer.headers["retry-after"] ?? null,
    address,
  };
}
