import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { METHODS, type Refusal } from "#cli/server/target.ts";
import { DATA_POLICY } from "#lib/access/headers.ts";

/** How long what is still being sent is read and thrown away, so that the answer is not lost with it. */
const LINGER_MS = 1_000;

/** Answers in the shape of the API's errors and ends the connection. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  const body = bodyOf(refusal);
  response.writeHead(refusal.status, headersOf(refusal, body));
  if (response.req.method !== "HEAD") response.write(body);
  response.flushHeaders();
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  response.req.once("end", end).once("close", end).resume();
}

/** The same where there is no response to write to. */
export function refuseRaw(socket: Duplex, refusal: Refusal): void {
  if (socket.destroyed) return;
  const body = bodyOf(refusal);
  const lines = Object.entries(headersOf(refusal, body)).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const status = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`;
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once("close", () => clearTimeout(timer)).on("error", () => socket.destroy());
  if (socket.writable) socket.end([status, ...lines, "", body].join("\r\n"));
}

function bodyOf({ code, message }: Refusal): string {
  return JSON.stringify({ error: { code, message, details: [] } });
}

function headersOf(refusal: Refusal, body: string): Record<string, string> {
  return {
    connection: "close",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "content-security-policy": DATA_POLICY,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(refusal.status === 405 ? { allow: METHODS.join(", ") } : {}),
    ...(refusal.status === 429 || refusal.status === 503 ? { "retry-after": "10" } : {}),
  };
}
