import { isIP } from "node:net";
import { ConfigError } from "#config/error.ts";

/** True for addresses that only this machine reaches: 127.0.0.0/8, ::1 and `localhost`. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (bare === "localhost") return true;
  if (isIP(bare) === 4) return bare.startsWith("127.");
  return bare === "::1" || bare === "0:0:0:0:0:0:0:1";
}

/** Without sign-in, no address but loopback may be listened on. */
export function requireLoopback({ host, noAuth }: { host: string; noAuth: boolean }): void {
  if (!noAuth || isLoopback(host)) return;
  throw new ConfigError(
    `refusing to listen on ${host}: PLIMSOLL_NO_AUTH=1 switches sign-in off, so anyone who reaches the ` +
      "address could see and change everything. Leave PLIMSOLL_NO_AUTH out, or set PLIMSOLL_HOST=127.0.0.1.",
  );
}
