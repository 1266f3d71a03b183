/**
 * Set by our own server from the connection (and from trusted proxies), overwriting whatever a
 * client sent under this name.
 */
export const ADDRESS_HEADER = "x-plimsoll-address";

/** The caller's IP address; null where the server did not say. */
export function addressOf(headers: Headers): string | null {
  return headers.get(ADDRESS_HEADER);
}
