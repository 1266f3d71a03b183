import { lookup } from "node:dns/promises";
import { refuseAddress } from "#lib/net/destination.ts";
import { readIp } from "#lib/net/ip.ts";
import type { Network } from "#lib/net/network.ts";

/** Every address of a name, as text. */
export type Resolve = (name: string) => Promise<readonly string[]>;

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

type Resolved =
  | { readonly addresses: readonly Address[] }
  | { readonly refused: string }
  | { readonly unknownName: true };

/** As every program on this machine resolves: its hosts file, then its name servers. */
export async function systemResolve(name: string): Promise<string[]> {
  const found = await lookup(name, { all: true });
  return found.map(({ address }) => address);
}

/**
 * The addresses to connect to, asked for once. One that may not be asked refuses them all: a name that
 * leads to a private address as well was made to.
 */
export async function resolveAllowed(
  host: string,
  allow: readonly Network[],
  resolve: Resolve,
): Promise<Resolved> {
  const found = readIp(host) ? [host] : await resolve(host).catch(() => []);
  if (found.length === 0) return { unknownName: true };
  const addresses: Address[] = [];
  for (const address of found) {
    const ip = readIp(address);
    const refused = ip ? refuseAddress(ip, allow) : "its address cannot be read";
    if (ip === null || refused !== null) return { refused: refused ?? "" };
    addresses.push({ address, family: ip.family });
  }
  return { addresses };
}
