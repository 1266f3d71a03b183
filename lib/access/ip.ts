import { type Ip, isMapped, readIp, spellIp } from "#lib/net/ip.ts";
import { readNetwork, within } from "#lib/net/network.ts";

/**
 * The one spelling of an IP address: IPv6 compressed, an IPv4 address that came as IPv6 (::ffff:…) as
 * IPv4, a zone (%eth0) left out. Null when it is none.
 * @example plainAddress("::ffff:192.0.2.7") // "192.0.2.7"
 */
export function plainAddress(text: string): string | null {
  const ip = readPlain(text);
  return ip && spellIp(ip);
}

/**
 * Whether an address, in any spelling, lies in a network (`10.0.0.0/8`) or is the address itself; false
 * when either is none.
 * @example isWithin("10.1.2.3", "10.0.0.0/8") // true
 */
export function isWithin(address: string, network: string): boolean {
  const [ip, range] = [readPlain(address), readNetwork(network)];
  return ip !== null && range !== null && within(ip, range);
}

const HOST_BITS = 64n;

/**
 * What counts as one caller: an IPv4 address, or the /64 of an IPv6 address, since every home has that
 * many addresses to choose from. What is no address counts as itself.
 * @example neighbourhood("2001:db8::7") // "2001:db8::/64"
 */
export function neighbourhood(address: string): string {
  const ip = readPlain(address);
  if (!ip) return address;
  if (ip.family === 4) return spellIp(ip);
  return `${spellIp({ family: 6, bits: (ip.bits >> HOST_BITS) << HOST_BITS })}/64`;
}

/** As the address that is meant: without a zone, and IPv4 that a socket gave as IPv6 as IPv4. */
function readPlain(text: string): Ip | null {
  const ip = readIp(text.replace(/%.*$/s, ""));
  return ip !== null && isMapped(ip) ? { family: 4, bits: ip.bits & 0xffff_ffffn } : ip;
}
