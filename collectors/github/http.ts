import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { guardedLookup } from "#collectors/address.ts";

const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** What one request met with, noted here because the client's own errors carry the token. */
export interface Seen {
  status: number | null;
  headers: Headers;
  body: unknown;
  /** Node's code, e.g. ECONNREFUSED. */
  code: string | null;
  oversize: boolean;
}

export function unseen(): Seen {
  return { status: null, headers: new Headers(), body: null, code: null, oversize: false };
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | null;
  readonly signal?: AbortSignal | null;
}

/**
 * A `fetch` that follows no redirect, reads no proxy settings, stops at a size, and connects only to
 * what it has resolved and found harmless: a name cannot hide an address.
 */
export function guardedFetch(seen: Seen) {
  return async (url: string, sent: Sent): Promise<Response> => {
    try {
      const { status, headers, text } = await exchange(url, sent);
      Object.assign(seen, { status, headers, body: readJson(text) });
      return new Response(BODILESS.has(status) ? null : text, { status, headers });
    } catch (error) {
      seen.oversize = error instanceof Oversize;
      seen.code = codeOf(error);
      throw error;
    }
  };
}

const BODILESS = new Set([204, 205, 304]);

class Oversize extends Error {}

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : null;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function exchange(url: string, sent: Sent): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = (url.startsWith("https:") ? requestHttps : requestHttp)(url, {
    method: sent.method ?? "GET",
    headers: sent.headers ?? {},
    signal: sent.signal ?? undefined,
    lookup: (host, options, done) => {
      guardedLookup(host).then(
        (found) => {
          const [first] = found;
          if (options.all) done(null, found);
          else done(null, first?.address ?? "", first?.family ?? 4);
        },
        (error: Error) => done(error, ""),
      );
    },
  });
  request.once("error", reject);
  request.once("response", (response) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) request.destroy(new Oversize("the answer is too large"));
      else chunks.push(chunk);
    });
    response.once("error", reject);
    response.once("end", () => {
      const headers = headersOf(response.headers);
      resolve({
        status: response.statusCode ?? 0,
        headers,
        text: Buffer.concat(chunks).toString(),
      });
    });
  });
  request.end(sent.body ?? undefined);
  return promise;
}

function headersOf(raw: NodeJS.Dict<string | string[]>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) headers.set(name, [value].flat().join(", "));
  }
  return headers;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
