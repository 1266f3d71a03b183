import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";

/** What is wrong with a stand-in at present; switched by `PUT /-/fault`. */
const fault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  /** Breaks off every connection. */
  z.strictObject({ kind: z.literal("down") }),
  z.strictObject({ kind: z.literal("slow"), ms: z.number().int().min(0).max(600_000) }),
  /** 429, 500, 503 … in Prometheus's words. */
  z.strictObject({
    kind: z.literal("status"),
    status: z.number().int().min(400).max(599),
    message: z.string().optional(),
    retryAfterSeconds: z.number().int().optional(),
  }),
  /** Something that is not Prometheus's JSON, such as a login page. */
  z.strictObject({ kind: z.literal("garbage") }),
  /** Well-formed answers without any series. */
  z.strictObject({ kind: z.literal("empty") }),
]);

export type Fault = z.infer<typeof fault>;

export const NO_FAULT: Fault = { kind: "none" };

/** Null when the text is not a fault. */
export function readFault(text: string): Fault | null {
  try {
    return fault.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Plays the fault; true when the request has been dealt with by that. */
export async function suffer(current: Fault, response: ServerResponse): Promise<boolean> {
  switch (current.kind) {
    case "down":
      response.destroy();
      return true;
    case "slow":
      await wait(current.ms, undefined, { ref: false });
      return response.destroyed;
    case "status":
      refuse(current, response);
      return true;
    case "garbage":
      response.writeHead(200, { "Content-Type": "text/html" });
      response.end("<!doctype html><title>Sign in</title><p>Please sign in.");
      return true;
    default:
      return false;
  }
}

function refuse(current: Extract<Fault, { kind: "status" }>, response: ServerResponse): void {
  const { status, retryAfterSeconds } = current;
  const error = current.message ?? `the stand-in was told to answer ${status}`;
  const after = retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) };
  response.writeHead(status, { "Content-Type": "application/json", ...after });
  response.end(JSON.stringify({ status: "error", errorType: "unavailable", error }));
}
