import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

/** Cloud metadata services: they hand out credentials to whoever asks, so they are never asked. */
const METADATA_HOSTS = new Set(["metadata.google.internal", "metadata.goog", "instance-data"]);
const METADATA = new BlockList();
METADATA.addSubnet("169.254.0.0", 16, "ipv4");
METADATA.addAddress("100.100.100.200", "ipv4");
METADATA.addAddress("168.63.129.16", "ipv4");
METADATA.addAddress("192.0.0.192", "ipv4");
METADATA.addAddress("fd00:ec2::254", "ipv6");
METADATA.addSubnet("fe80::a9fe:0", 112, "ipv6");

/** Why this URL may not be a source; null when it may. Private addresses are the normal case. */
export function refuseUrl(url: string): string | null {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return "its URL is not an http or https URL";
  const host = parsed.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return METADATA_HOSTS.has(host.toLowerCase()) || isMetadata(host) ? REFUSED : null;
}

const REFUSED =
  "its address is a cloud metadata service, which is never asked; give the address of a Prometheus";
/** All that the HTTP driver passes on of why a name was refused. */
export const REFUSED_CODE = "ERR_PLIMSOLL_ADDRESS";

function isMetadata(ip: string): boolean {
  const family = isIP(ip);
  return family !== 0 && METADATA.check(ip, family === 4 ? "ipv4" : "ipv6");
}

/** Host and path, never user, password or query: all that may be shown or logged of a URL. */
export function shownAddress(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.host}${parsed.pathname.replace(/\/$/, "")}` : "an unreadable URL";
}

/** Resolves for the HTTP driver, which connects to what it is given: a name cannot hide an address. */
export async function guardedLookup(hostname: string) {
  const addresses = await lookup(hostname, { all: true });
  if (addresses.some(({ address }) => isMetadata(address))) {
    throw Object.assign(new Error(REFUSED), { code: REFUSED_CODE });
  }
  return addresses.map(
    ({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }) as const,
  );
}
