import { isIP } from "node:net";
import { ConfigError } from "#config/error.ts";

/** True for addresses that only this machine reaches: 127.0.0.0/8, ::1 and `localhost`. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (bare === "localhost") return true;
  if (isIP(bare) === 4) return bare.startsWith("127.");
  return bare === "::1" || bare === "0:0:0:0:0:0:0:1";
}

/** There is no sign-in yet, so no address but loopback may be listened on. */
export function requireLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new ConfigError(
    `refusing to listen on ${host}: there is no sign-in yet, so anyone who reaches the address would ` +
      "see everything. Set PLIMSOLL_HOST=127.0.0.1 and put a proxy with its own sign-in in front.",
  );
}
