import type { IncomingMessage, ServerResponse } from "node:http";
import { Shares } from "#cli/server/shares.ts";
import type { Refusal } from "#cli/server/target.ts";

const MIB = 1024 * 1024;
/** As the routes there take. */
const WEBHOOK_BYTES = 5 * MIB;
const OTHER_BYTES = MIB;
/** What forms and tokens send is let in however full it is; connections bound how many there are. */
const SMALL_BYTES = 64 * 1024;

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

const BUSY_CALLER: Refusal = {
  status: 429,
  code: "too-much-at-once",
  message: "Your address sends too much at once; try again in 10 s.",
};

/**
 * Holds bodies back until they are whole, as a buffering proxy does: a client that is slow or hangs up
 * keeps nothing busy but its connection. One may not grow beyond its cap, nor all that are being
 * received or answered together beyond `most` bytes, nor those of one caller beyond a share of it.
 */
export class BodyGate {
  readonly #most: number;
  readonly #shares: Shares;
  #held = 0;

  constructor(most: number) {
    this.#most = most;
    this.#shares = new Shares(most);
  }

  /** Null once the body is whole, or why it is not taken; for one that ends early nothing ever comes. */
  whole(
    request: IncomingMessage,
    { response, caller }: { readonly response: ServerResponse; readonly caller: string },
  ): Promise<Refusal | null> {
    const { promise, resolve } = Promise.withResolvers<Refusal | null>();
    const push = request.push.bind(request);
    const target = request.url ?? "";
    const body: Held = { target, caller, size: 0, chunks: [], refusal: null };
    request.push = (chunk: Buffer | null) => {
      if (chunk !== null) this.#take(body, chunk);
      if (chunk === null) for (const held of body.chunks) push(held);
      if (chunk === null || body.refusal) resolve(body.refusal);
      return chunk === null ? push(null) : true;
    };
    // Next keeps what it has read until it has answered.
    response.once("close", () => {
      this.#held -= body.size;
      this.#shares.add(caller, -body.size);
      body.chunks = [];
    });
    return promise;
  }

  #take(body: Held, chunk: Buffer): void {
    if (body.refusal) return;
    body.size += chunk.length;
    this.#held += chunk.length;
    this.#shares.add(body.caller, chunk.length);
    body.chunks.push(chunk);
    body.refusal = this.#refusalOf(body);
    if (body.refusal) body.chunks = [];
  }

  #refusalOf({ size, target, caller }: Held): Refusal | null {
    if (size > bodyCap(target)) return tooLarge(target);
    if (size <= SMALL_BYTES) return null;
    if (this.#shares.isOver(caller)) return BUSY_CALLER;
    return this.#held > this.#most ? BUSY : null;
  }
}

interface Held {
  readonly target: string;
  readonly caller: string;
  size: number;
  chunks: Buffer[];
  refusal: Refusal | null;
}
