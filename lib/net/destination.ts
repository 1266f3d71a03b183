import { addressUse, embedded } from "#lib/net/address.ts";
import type { Ip } from "#lib/net/ip.ts";
import { type Network, within } from "#lib/net/network.ts";

/** Where a request to a URL goes. */
export interface Destination {
  readonly url: URL;
  /** A name without a dot at its end, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Why something may not be asked, for the person who typed it. */
export interface Refusal {
  readonly refused: string;
}

/** Names under which clouds' metadata services answer. */
export const METADATA_HOSTS: ReadonlySet<string> = new Set([
  "metadata.google.internal",
  "metadata.goog",
  "metadata.tencentyun.com",
  "instance-data",
  "instance-data.ec2.internal",
]);

/** Below this only the web's own ports are taken. */
const FIRST_FREE_PORT = 1024;
const WEB_PORTS = new Set([80, 443]);
/** Above it, those that speak something else, which a request could disturb. */
const OTHER_PROTOCOLS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668,
  6669, 6679, 6697, 9100, 10080, 11211,
]);

/**
 * Reads a URL that someone typed: http or https, without user and password, on a port where the web
 * is. Hosts come in their plain spelling, so `http://0x7f.1` is `127.0.0.1`.
 * @example readDestination("https://hooks.example./x") // { url, host: "hooks.example", port: 443 }
 */
export function readDestination(text: string): Destination | Refusal {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return { refused: "it is not an http or https URL" };
  if (url.username || url.password) {
    return { refused: "it holds a user name or password; send credentials in a header" };
  }
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  if (!WEB_PORTS.has(port) && (port < FIRST_FREE_PORT || OTHER_PROTOCOLS.has(port))) {
    return { refused: `port ${port} is not one where web servers listen` };
  }
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (host.split(".").includes("")) return { refused: "it names no host" };
  if (METADATA_HOSTS.has(host)) return { refused: METADATA };
  return { url, host, port };
}

const METADATA = "it is a cloud metadata service, which is never asked";
const NEVER = new Set(["multicast", "unspecified"]);

/**
 * Why this address may not be connected to; null when it may. Public ones may, others when they are
 * in a network of `allow`; metadata services, multicast and `0.0.0.0` never.
 * @example refuseAddress({ family: 4, bits: 0x7f000001n }, []) // "its address is loopback, …"
 */
export function refuseAddress(ip: Ip, allow: readonly Network[]): string | null {
  const use = addressUse(ip);
  if (use === "public") return null;
  if (use === "metadata") return METADATA;
  const inner = embedded(ip);
  const named = allow.some((network) => within(ip, network) || (inner && within(inner, network)));
  if (named && !NEVER.has(use)) return null;
  return NEVER.has(use)
    ? `its address is ${use}, which is never asked`
    : `its address is ${use}; only public addresses are asked, and networks that the configuration allows`;
}
