import { type NextRequest, NextResponse } from "next/server";
import { isLoopback } from "#config/address.ts";

/**
 * There is no sign-in yet and we listen on loopback alone, so a web page elsewhere could reach us
 * only by a name of its own that resolves to this machine. Such names are refused.
 */
export function proxy(request: NextRequest): NextResponse {
  const host = hostnameOf(request.headers.get("host"));
  if (host !== null && (isLoopback(host) || host === publicHost())) return NextResponse.next();
  return NextResponse.json(
    {
      error: {
        code: "unknown-host",
        message:
          "This server does not answer to that host name; set PLIMSOLL_URL to the one it has.",
        details: [],
      },
    },
    { status: 421 },
  );
}

function hostnameOf(host: string | null): string | null {
  if (!host) return null;
  return URL.parse(`http://${host}`)?.hostname ?? null;
}

function publicHost(): string | null {
  const url = process.env.PLIMSOLL_URL;
  return url ? (URL.parse(url)?.hostname ?? null) : null;
}
