import type { IncomingMessage, ServerResponse } from "node:http";
import type { Refusal } from "#cli/server/target.ts";

const MIB = 1024 * 1024;
/** GitHub's own limit for what it sends. */
const WEBHOOK_BYTES = 25 * MIB;
const OTHER_BYTES = MIB;

/** The most bytes that the body of a request to this path may have; routes ask for less. */
export function bodyCap(target: string): number {
  return target.startsWith("/api/webhooks/") ? WEBHOOK_BYTES : OTHER_BYTES;
}

/** Whether the length that a request gives is already too much. */
export function saysTooMuch(request: IncomingMessage): boolean {
  return Number(request.headers["content-length"] ?? 0) > bodyCap(request.url ?? "");
}

export function tooLarge(target: string): Refusal {
  const bytes = bodyCap(target);
  return { status: 413, code: "too-large", message: `The body may have at most ${bytes} bytes.` };
}

const BUSY: Refusal = {
  status: 503,
  code: "busy",
  message: "Too much is being sent at once; try again in 10 s.",
};

/**
 * Holds bodies back until they are whole, as a buffering proxy does: a client that is slow or hangs up
 * keeps nothing busy but its connection. One may not grow beyond its cap, nor all that are being
 * received or answered together beyond `most` bytes.
 */
export class BodyGate {
  readonly #most: number;
  #held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Null once the body is whole, or why it is not taken; for one that ends early nothing ever comes. */
  whole(request: IncomingMessage, response: ServerResponse): Promise<Refusal | null> {
    const { promise, resolve } = Promise.withResolvers<Refusal | null>();
    const push = request.push.bind(request);
    const body: Held = { target: request.url ?? "", size: 0, chunks: [], refusal: null };
    request.push = (chunk: Buffer | null) => {
      if (chunk !== null) this.#take(body, chunk);
      if (chunk === null) for (const held of body.chunks) push(held);
      if (chunk === null || body.refusal) resolve(body.refusal);
      return chunk === null ? push(null) : true;
    };
    // Next keeps what it has read until it has answered.
    response.once("close", () => {
      this.#held -= body.size;
      body.chunks = [];
    });
    return promise;
  }

  #take(body: Held, chunk: Buffer): void {
    if (body.refusal) return;
    body.size += chunk.length;
    this.#held += chunk.length;
    body.chunks.push(chunk);
    if (body.size > bodyCap(body.target)) body.refusal = tooLarge(body.target);
    else if (this.#held > this.#most) body.refusal = BUSY;
    if (body.refusal) body.chunks = [];
  }
}

interface Held {
  readonly target: string;
  size: number;
  chunks: Buffer[];
  refusal: Refusal | null;
}
