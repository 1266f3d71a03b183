import { RequestError } from "#app/api/respond.ts";
import { config } from "#config/current.ts";
import { readDestination, refuseAddress } from "#lib/net/destination.ts";
import { readIp } from "#lib/net/ip.ts";

/** The host of an address that notices may be sent to; names are looked up only when something is sent. */
export function hostOf(url: string): string {
  const destination = readDestination(url);
  if ("refused" in destination) throw refused(destination.refused);
  const ip = readIp(destination.host);
  const reason = ip ? refuseAddress(ip, config().notify.allow) : null;
  if (reason !== null) throw refused(reason);
  return destination.url.host;
}

function refused(reason: string): RequestError {
  const message = `Nothing can be sent there: ${reason}.`;
  return new RequestError(422, "bad-body", "The body has fields that cannot be used.", [
    { field: "url", message },
  ]);
}
