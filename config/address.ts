import { isSecure } from "#config/config.ts";
import { ConfigError } from "#config/error.ts";
import { isWithin, plainAddress } from "#lib/access/ip.ts";

/** True for addresses that only this machine reaches: 127.0.0.0/8, ::1 and `localhost`. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  return bare === "localhost" || plainAddress(bare) === "::1" || isWithin(bare, "127.0.0.0/8");
}

interface Reach {
  readonly host: string;
  readonly publicUrl: string;
}

/** Without sign-in, no address but loopback may be listened on, nor lead here. */
export function requireLoopback({ host, publicUrl, noAuth }: Reach & { noAuth: boolean }): void {
  if (!noAuth) return;
  if (!isLoopback(host)) {
    throw new ConfigError(
      `refusing to listen on ${host}: ${OPEN_TO_ALL} or set PLIMSOLL_HOST=127.0.0.1.`,
    );
  }
  if (!isLoopback(hostOf(publicUrl))) {
    throw new ConfigError(`refusing to be ${publicUrl}: ${OPEN_TO_ALL} or PLIMSOLL_URL.`);
  }
}

const OPEN_TO_ALL =
  "PLIMSOLL_NO_AUTH=1 switches sign-in off, so anyone who reaches the address could see and change " +
  "everything. Leave PLIMSOLL_NO_AUTH out,";

/** What to tell an operator whose people's cookies travel in clear; null where TLS is in front, or nobody else comes. */
export function clearTextWarning({ host, publicUrl }: Reach): string | null {
  const isLocal = isLoopback(host) && isLoopback(hostOf(publicUrl));
  if (isLocal || isSecure({ publicUrl })) return null;
  return `cookies and passwords travel in clear: people reach ${isLoopback(host) ? publicUrl : host} without TLS; put a proxy in front and set PLIMSOLL_URL=https://…`;
}

function hostOf(url: string): string {
  return URL.parse(url)?.hostname ?? "";
}

const KEY = Symbol.for("plimsoll.listening");
const holder = globalThis as { [KEY]?: boolean };

/** Our own server says so before it opens Next. */
export function ownServerListens(listens: boolean): void {
  holder[KEY] = listens;
}

/** Next started by itself listens on every address, whatever is configured, and believes any header. */
export function requireOwnServer({ noAuth }: { noAuth: boolean }): void {
  if (!noAuth || holder[KEY]) return;
  throw new ConfigError(
    "PLIMSOLL_NO_AUTH=1 switches sign-in off, which only Plimsoll's own server keeps to this machine: use npm start.",
  );
}
