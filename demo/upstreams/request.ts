import type { IncomingMessage } from "node:http";
import { BadQuery } from "#demo/upstreams/query/value.ts";
import { parseDuration } from "#lib/time/duration.ts";

const MAX_BODY_BYTES = 256 * 1024;
/** Prometheus's own limit of points per series. */
const MAX_POINTS = 11_000;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new BadQuery(`the body is over ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Parameters of the query string and, by POST, of the form in the body. */
export async function readParameters(request: IncomingMessage, url: URL): Promise<URLSearchParams> {
  const parameters = new URLSearchParams(url.search);
  if (request.method !== "POST") return parameters;
  for (const [name, value] of new URLSearchParams(await readBody(request))) {
    parameters.append(name, value);
  }
  return parameters;
}

export function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value) return value;
  throw new BadQuery(`invalid parameter "${name}": it is missing`);
}

/** The times of a range query, epoch ms. */
export function readTimes(parameters: URLSearchParams): number[] {
  const start = readTime(required(parameters, "start"), "start");
  const end = readTime(required(parameters, "end"), "end");
  const stepMs = readStep(required(parameters, "step"));
  if (end < start) throw new BadQuery('invalid parameter "end": it is before the start');
  const points = Math.floor((end - start) / stepMs) + 1;
  if (points > MAX_POINTS) {
    throw new BadQuery(`exceeded maximum resolution of ${MAX_POINTS} points per timeseries`);
  }
  return Array.from({ length: points }, (_, i) => start + i * stepMs);
}

/** Seconds since the epoch, or RFC 3339. */
export function readTime(text: string, name: string): number {
  const ms = text.includes("T") ? Date.parse(text) : Math.round(Number(text) * 1000);
  if (Number.isFinite(ms)) return ms;
  throw new BadQuery(`invalid parameter "${name}": cannot parse "${text}" to a valid timestamp`);
}

function readStep(text: string): number {
  const ms = parseDuration(text) ?? Math.round(Number(text) * 1000);
  if (ms > 0) return ms;
  throw new BadQuery(`invalid parameter "step": "${text}" is not a duration above 0`);
}
