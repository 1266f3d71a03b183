/** An IP address as a number: 32 bits of IPv4, 128 of IPv6. */
export interface Ip {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

const OCTET = /^(0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/**
 * Reads an address in its plain spelling: four decimal numbers, or IPv6 with or without `::` and with
 * an IPv4 end. Null for everything else: names, zones (`%eth0`), octal, hex and short forms, which
 * mean different addresses to different readers (`URL` makes them plain).
 * @example readIp("10.0.0.1") // { family: 4, bits: 167772161n }
 */
export function readIp(text: string): Ip | null {
  const bits = text.includes(":") ? readIpv6(text) : readIpv4(text);
  return bits === null ? null : { family: text.includes(":") ? 6 : 4, bits };
}

function readIpv4(text: string): bigint | null {
  const octets = text.split(".");
  const plain = octets.every((octet) => OCTET.test(octet) && Number(octet) <= 255);
  if (octets.length !== 4 || !plain) return null;
  return octets.reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
}

function readIpv6(text: string): bigint | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(readGroups);
  if (!head || tail === null) return null;
  // Without `::` all eight are written; with it at least one is left out.
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array<bigint>(missing).fill(0n), ...(tail ?? [])];
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n);
}

/** The numbers between colons; the last may be an IPv4 address, which fills two. */
function readGroups(text: string): bigint[] | null {
  if (text === "") return [];
  const words = text.split(":");
  const groups: bigint[] = [];
  for (const [i, word] of words.entries()) {
    const ipv4 = i === words.length - 1 && word.includes(".") ? readIpv4(word) : null;
    if (ipv4 !== null) groups.push(ipv4 >> 16n, ipv4 & 0xffffn);
    else if (GROUP.test(word)) groups.push(BigInt(`0x${word}`));
    else return null;
  }
  return groups;
}

/**
 * The usual spelling of an address: decimal for IPv4, compressed for IPv6.
 * @example spellIp({ family: 6, bits: 1n }) // "::1"
 */
export function spellIp({ family, bits }: Ip): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((by) => (bits >> by) & 0xffn).join(".");
  const groups = bits.toString(16).padStart(32, "0").match(/.{4}/g) ?? [];
  const written = groups.join(":");
  return URL.parse(`http://[${written}]/`)?.hostname.slice(1, -1) ?? written;
}

const MAPPED = 0xffffn;

/**
 * Whether an IPv6 address is how sockets write an IPv4 one (`::ffff:a.b.c.d`); false for IPv4 itself.
 * @example isMapped({ family: 6, bits: 0xffff0a000001n }) // true
 */
export function isMapped({ family, bits }: Ip): boolean {
  return family === 6 && bits >> 32n === MAPPED;
}
