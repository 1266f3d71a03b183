import { type Ip, readIp } from "#lib/net/ip.ts";
import { type Network, readNetwork, within } from "#lib/net/network.ts";

/** What an address is for. Only `public` ones are on the internet. */
export type AddressUse =
  | "metadata"
  | "unspecified"
  | "loopback"
  | "private"
  | "link-local"
  | "multicast"
  | "reserved"
  | "public";

/** The first that holds counts. Sources: IANA's special-purpose registries, and the clouds' manuals. */
const IPV4 = table([
  ["metadata", ["169.254.0.0/16", "100.100.100.200", "168.63.129.16", "192.0.0.192"]],
  ["unspecified", ["0.0.0.0/8"]],
  ["loopback", ["127.0.0.0/8"]],
  ["private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"]],
  ["multicast", ["224.0.0.0/4"]],
  ["reserved", ["192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4"]],
  ["reserved", ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"]],
  ["public", ["0.0.0.0/0"]],
]);

const IPV6 = table([
  ["metadata", ["fd00:ec2::/32", "fd20:ce::254", "fd00:42::42", "fd00:c1::a9fe:a9fe"]],
  ["metadata", ["fe80::a9fe:0/112"]],
  ["unspecified", ["::"]],
  ["loopback", ["::1"]],
  ["private", ["fc00::/7", "fec0::/10"]],
  ["link-local", ["fe80::/10"]],
  ["multicast", ["ff00::/8"]],
  ["reserved", ["2001::/23", "2001:db8::/32", "3fff::/20"]],
  // The rest of what IANA has given out; outside of it nothing is routed.
  ["public", ["2000::/3"]],
  ["reserved", ["::/0"]],
]);

/** IPv6 addresses that are another spelling of an IPv4 one, and how far from the right that ends. */
const STAND_INS = [
  { network: mustRead("::ffff:0:0/96"), shift: 0n }, // mapped
  { network: mustRead("::ffff:0:0:0/96"), shift: 0n }, // translated
  { network: mustRead("::/96"), shift: 0n }, // compatible
  { network: mustRead("64:ff9b::/96"), shift: 0n }, // NAT64
  { network: mustRead("2002::/16"), shift: 80n }, // 6to4
];
const OWN_NAT64 = mustRead("64:ff9b:1::/48");
/** `…:0:5efe:a.b.c.d` and `…:200:5efe:a.b.c.d`, under any prefix. */
const ISATAP = 0x5efen;

/**
 * What an address is for; an IPv6 address that leads to an IPv4 one is used as that. The whole of
 * 169.254.0.0/16 counts as metadata, because clouds put such services anywhere in it.
 * @example addressUse({ family: 4, bits: 0x0a000001n }) // "private"
 */
export function addressUse(ip: Ip): AddressUse {
  const own = purposeIn(ip.family === 4 ? IPV4 : IPV6, ip);
  // `::` and `::1` look like IPv4-compatible addresses and are not.
  if (own === "unspecified" || own === "loopback") return own;
  const inner = embedded(ip);
  if (inner !== null) return purposeIn(IPV4, inner);
  const carried = carriesIpv4(ip) ? purposeIn(IPV4, low32(ip.bits)) : "public";
  return carried === "public" ? own : carried;
}

/**
 * The IPv4 address that an IPv6 address spells (mapped, compatible, translated, NAT64, 6to4); null for
 * one that stands for itself.
 * @example embedded({ family: 6, bits: 0xffff0a000001n }) // { family: 4, bits: 167772161n }
 */
export function embedded(ip: Ip): Ip | null {
  const found = STAND_INS.find(({ network }) => within(ip, network));
  return found ? low32(ip.bits >> found.shift) : null;
}

/** Tunnels that may end at the IPv4 address in their last bits, and whose prefix must be fit too. */
function carriesIpv4(ip: Ip): boolean {
  if (ip.family === 4) return false;
  return within(ip, OWN_NAT64) || ((ip.bits >> 32n) & 0xfdff_ffffn) === ISATAP;
}

function low32(bits: bigint): Ip {
  return { family: 4, bits: bits & 0xffff_ffffn };
}

/**
 * Whether this text is the address of a cloud's metadata service, which hands out credentials to
 * whoever asks, on whatever interface (`%eth0`). False for a name.
 * @example isMetadataAddress("::ffff:169.254.169.254") // true
 */
export function isMetadataAddress(text: string): boolean {
  const ip = readIp(text.replace(/%.*$/, ""));
  return ip !== null && addressUse(ip) === "metadata";
}

interface Row {
  readonly use: AddressUse;
  readonly networks: readonly Network[];
}

function table(rows: readonly (readonly [AddressUse, readonly string[]])[]): readonly Row[] {
  return rows.map(([use, networks]) => ({ use, networks: networks.map(mustRead) }));
}

function purposeIn(rows: readonly Row[], ip: Ip): AddressUse {
  return rows.find(({ networks }) => networks.some((n) => within(ip, n)))?.use ?? "reserved";
}

function mustRead(text: string): Network {
  const network = readNetwork(text);
  if (!network) throw new Error(`${text} is not a network`);
  return network;
}
