import type { IncomingHttpHeaders } from "node:http";
import { ADDRESS_HEADER } from "#auth/address.ts";
import { callerAddress, isTrusted } from "#lib/access/caller.ts";

/** Names that only we and Next may use among ourselves, that steer how a page is made, or ask for server actions (we have none). */
const OURS =
  /^(x-plimsoll-|x-middleware-|x-invoke-|x-now-|x-vercel-|x-next-|x-nextjs-data$|x-matched-path$|x-prerender-|next-resume$|next-action$|content-security-policy)/;
/** What a proxy says of the caller; from anybody else it is hearsay. */
const OF_PROXIES = /^(x-forwarded-|forwarded$|x-real-ip$)/;

/**
 * Takes out what a client has no business to say, and puts in the caller's address as the connection
 * and the trusted proxies give it, which is the answer. Changes the headers that are handed on.
 */
export function settleHeaders(
  headers: IncomingHttpHeaders,
  peer: string,
  proxies: readonly string[],
): string {
  const forwardedFor = headers["x-forwarded-for"];
  const fromProxy = isTrusted(peer, proxies);
  for (const name of Object.keys(headers)) {
    if (OURS.test(name) || (!fromProxy && OF_PROXIES.test(name))) delete headers[name];
  }
  const arrival = { peer, forwardedFor: [forwardedFor ?? []].flat().join(",") };
  const caller = callerAddress(arrival, proxies);
  headers[ADDRESS_HEADER] = caller;
  return caller;
}
