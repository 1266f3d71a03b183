import { isWithin, plainAddress } from "#lib/access/ip.ts";

/** Where a request came from: the other end of the connection, and what proxies wrote on the way. */
export interface Arrival {
  readonly peer: string;
  /** The `X-Forwarded-For` header, as it came. */
  readonly forwardedFor: string | undefined;
}

/**
 * Whether a peer is one of the proxies that an operator trusts (addresses or networks).
 * @example isTrusted("10.0.0.2", ["10.0.0.0/8"]) // true
 */
export function isTrusted(address: string, proxies: readonly string[]): boolean {
  return proxies.some((network) => isWithin(address, network));
}

/**
 * The caller's address: the nearest one that is not a trusted proxy. Each proxy's word is taken for
 * one step, so what a client wrote itself never counts; an entry that is no address ends the way there.
 * @example callerAddress({ peer: "10.0.0.2", forwardedFor: "1.1.1.1, 192.0.2.7" }, ["10.0.0.0/8"]) // "192.0.2.7"
 */
export function callerAddress(arrival: Arrival, proxies: readonly string[]): string {
  let caller = plainAddress(arrival.peer) ?? arrival.peer;
  for (const hop of (arrival.forwardedFor ?? "").split(",").reverse()) {
    if (!isTrusted(caller, proxies)) return caller;
    const before = plainAddress(withoutPort(hop.trim()));
    if (before === null) return caller;
    caller = before;
  }
  return caller;
}

/** Some proxies add the port: `192.0.2.7:5123`, `[2001:db8::7]:5123`. */
function withoutPort(hop: string): string {
  const bracketed = /^\[([^\]]*)\](:\d+)?$/.exec(hop);
  if (bracketed?.[1]) return bracketed[1];
  return /^[\d.]+:\d+$/.test(hop) ? hop.slice(0, hop.indexOf(":")) : hop;
}
