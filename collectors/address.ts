import { lookup } from "node:dns/promises";
import { isMetadataAddress } from "#lib/net/address.ts";
import { METADATA_HOSTS } from "#lib/net/destination.ts";

/** Why this URL may not be a source; null when it may. Private addresses are the normal case. */
export function refuseUrl(url: string): string | null {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return "its URL is not an http or https URL";
  const host = parsed.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return METADATA_HOSTS.has(host) || isMetadataAddress(host) ? REFUSED : null;
}

const REFUSED =
  "its address is a cloud metadata service, which is never asked; give another address";
/** All that the HTTP driver passes on of why a name was refused. */
export const REFUSED_CODE = "ERR_PLIMSOLL_ADDRESS";

/** Host and path, never user, password or query: all that may be shown or logged of a URL. */
export function shownAddress(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.host}${parsed.pathname.replace(/\/$/, "")}` : "an unreadable URL";
}

/** Resolves for the HTTP driver, which connects to what it is given: a name cannot hide an address. */
export async function guardedLookup(hostname: string) {
  const addresses = await lookup(hostname, { all: true });
  if (addresses.some(({ address }) => isMetadataAddress(address))) {
    throw Object.assign(new Error(REFUSED), { code: REFUSED_CODE });
  }
  return addresses.map(
    ({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }) as const,
  );
}
