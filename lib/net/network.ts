import { type Ip, readIp } from "#lib/net/ip.ts";

/** Addresses that begin with the same bits. */
export interface Network extends Ip {
  /** How many bits, from the left, must agree. */
  readonly prefix: number;
}

/**
 * Reads `10.0.0.0/8`; an address alone is a network of one. Null for what is neither, and for a prefix
 * longer than the address.
 * @example readNetwork("10.0.0.0/8") // { family: 4, bits: 167772160n, prefix: 8 }
 */
export function readNetwork(text: string): Network | null {
  const [address = "", prefix, more] = text.split("/");
  const ip = readIp(address);
  if (!ip || more !== undefined) return null;
  const width = widthOf(ip);
  if (prefix === undefined) return { ...ip, prefix: width };
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= width
    ? { ...ip, prefix: Number(prefix) }
    : null;
}

/**
 * Whether the address lies in the network. IPv4 never lies in an IPv6 network, however it is embedded.
 * @example within({ family: 4, bits: 0x0a000001n }, { family: 4, bits: 0x0a000000n, prefix: 8 }) // true
 */
export function within(ip: Ip, network: Network): boolean {
  if (ip.family !== network.family) return false;
  const rest = BigInt(widthOf(ip) - network.prefix);
  return ip.bits >> rest === network.bits >> rest;
}

function widthOf({ family }: Ip): number {
  return family === 4 ? 32 : 128;
}
