import { type Destination, readDestination } from "#lib/net/destination.ts";
import type { Network } from "#lib/net/network.ts";
import { type Answer, exchange, type OutboundInit } from "#notify/exchange.ts";
import { type Resolve, resolveAllowed, systemResolve } from "#notify/resolve.ts";

export interface OutboundPolicy {
  /** Networks beside the public ones that may be asked; metadata services never. */
  readonly allow: readonly Network[];
  /** For all of it: resolving, connecting, sending and reading. */
  readonly timeoutMs?: number;
  /** How much of the answer's body is read. */
  readonly bodyBytes?: number;
  readonly resolve?: Resolve;
}

/** What came of it. Reasons are for people, and never hold the URL: its path may be a secret. */
export type Outcome =
  | ({ readonly outcome: "answered" } & Answer)
  /** Will never work as it is typed; nothing was sent. */
  | { readonly outcome: "refused"; readonly reason: string }
  /** May work another time. */
  | { readonly outcome: "failed"; readonly kind: Failure; readonly reason: string };

type Failure = "name" | "network" | "timeout" | "redirect";

const TIMEOUT_MS = 10_000;
const BODY_BYTES = 64 * 1024;

/**
 * The one way to ask a URL that someone typed into a page. The name is resolved once, every address
 * must be fit, and the connection goes to what was resolved: no answer of a name server, redirect or
 * proxy leads elsewhere.
 */
export async function fetchOutbound(
  url: string,
  init: OutboundInit,
  policy: OutboundPolicy,
): Promise<Outcome> {
  const destination = readDestination(url);
  if ("refused" in destination) return { outcome: "refused", reason: destination.refused };
  const timeoutMs = policy.timeoutMs ?? TIMEOUT_MS;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await ask(destination, init, { ...policy, signal });
  } catch (error) {
    if (signal.aborted) {
      return failed("timeout", `${destination.host} did not answer within ${timeoutMs / 1000} s`);
    }
    return failed("network", `${destination.host} cannot be reached: ${codeOf(error)}`);
  }
}

async function ask(
  destination: Destination,
  init: OutboundInit,
  { allow, resolve, bodyBytes, signal }: OutboundPolicy & { readonly signal: AbortSignal },
): Promise<Outcome> {
  const { host } = destination;
  const resolving = resolveAllowed(host, allow, resolve ?? systemResolve);
  const resolved = await Promise.race([resolving, ended(signal)]);
  if ("refused" in resolved) return { outcome: "refused", reason: resolved.refused };
  if ("unknownName" in resolved) return failed("name", `the name ${host} has no address`);
  const { addresses } = resolved;
  const cap = bodyBytes ?? BODY_BYTES;
  const answer = await exchange({ destination, addresses, init, bodyBytes: cap, signal });
  return answer.status >= 300 && answer.status < 400
    ? failed("redirect", redirected(answer.status))
    : { outcome: "answered", ...answer };
}

/** Name resolution cannot be broken off, only left alone. */
function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function redirected(status: number): string {
  return `it answered with a redirect (${status}), which is not followed; give the address it leads to`;
}

function failed(kind: Failure, reason: string): Outcome {
  return { outcome: "failed", kind, reason };
}

/** The bare code, such as ECONNREFUSED: messages of TLS and HTTP may quote what was sent. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "the connection broke";
}
