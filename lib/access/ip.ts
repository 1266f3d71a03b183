/** An address as eight groups of 16 bits; IPv4 in its mapped form, ::ffff:a.b.c.d. */
type Groups = readonly number[];

const IPV4_PREFIX_BITS = 96;

/**
 * The one spelling of an IP address: IPv6 compressed, an IPv4 address that came as IPv6 (::ffff:…) as
 * IPv4, a zone (%eth0) left out. Null when it is none.
 * @example plainAddress("::ffff:192.0.2.7") // "192.0.2.7"
 */
export function plainAddress(text: string): string | null {
  const groups = groupsOf(text);
  if (!groups) return null;
  return isV4(groups) ? v4Text(groups) : (canonicalV6(withoutZone(text)) ?? null);
}

/**
 * Whether an address lies in a network (`10.0.0.0/8`) or is the address itself; false when either is none.
 * @example isWithin("10.1.2.3", "10.0.0.0/8") // true
 */
export function isWithin(address: string, network: string): boolean {
  const [base = "", bits] = network.split("/");
  const [own, other] = [groupsOf(address), groupsOf(base)];
  if (!own || !other || isV4(own) !== isV4(other)) return false;
  const widest = isV4(other) ? 32 : 128;
  const prefix = bits === undefined ? widest : Number(bits);
  return sharesBits(own, other, prefix + 128 - widest);
}

/**
 * What counts as one caller: an IPv4 address, or the /64 of an IPv6 address, since every home has that
 * many addresses to choose from. What is no address counts as itself.
 * @example neighbourhood("2001:db8::7") // "2001:db8:0:0::/64"
 */
export function neighbourhood(address: string): string {
  const groups = groupsOf(address);
  if (!groups) return address;
  if (isV4(groups)) return v4Text(groups);
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

function groupsOf(text: string): Groups | null {
  const v4 = v4Groups(text);
  if (v4) return [0, 0, 0, 0, 0, 0xffff, ...v4];
  const canonical = canonicalV6(withoutZone(text));
  return canonical === undefined ? null : expand(canonical);
}

function v4Groups(text: string): [number, number] | null {
  if (!/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(text)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = text.split(".").map(Number);
  if (Math.max(a, b, c, d) > 255) return null;
  return [a * 256 + b, c * 256 + d];
}

/** The URL standard's own parser and writer of IPv6 addresses. */
function canonicalV6(text: string): string | undefined {
  if (!/^[0-9a-f:.]+$/i.test(text) || !text.includes(":")) return undefined;
  return URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1);
}

function expand(canonical: string): Groups {
  const [head = "", tail] = canonical.split("::");
  const front = hexGroups(head);
  const back = hexGroups(tail ?? "");
  return [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back];
}

function hexGroups(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}

function isV4(groups: Groups): boolean {
  return sharesBits(groups, [0, 0, 0, 0, 0, 0xffff, 0, 0], IPV4_PREFIX_BITS);
}

function v4Text(groups: Groups): string {
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join(".");
}

function sharesBits(one: Groups, other: Groups, bits: number): boolean {
  return one.every((group, i) => {
    const free = Math.min(16, Math.max(0, 16 * (i + 1) - bits));
    return group >> free === (other[i] ?? 0) >> free;
  });
}

function withoutZone(text: string): string {
  return text.replace(/%.*$/s, "");
}
