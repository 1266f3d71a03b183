import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { overLimit } from "#app/api/limits.ts";
import { addressOf } from "#auth/address.ts";
import { isLoopback } from "#config/address.ts";
import { config as settings } from "#config/current.ts";
import { DATA_POLICY, NONCE_HEADER, PATH_HEADER, pagePolicy } from "#lib/access/headers.ts";
import { neighbourhood, plainAddress } from "#lib/access/ip.ts";

/** Built files are the same for everyone and cost nothing to serve. */
export const config = { matcher: "/((?!_next/static/).*)" };

/** What watches us must be answered whatever else happens, by any name. */
const HEALTH: readonly string[] = ["/healthz", "/readyz"];

/** Before every page and route: is it us who is asked, and not too often; and what a browser may do with the answer. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (!HEALTH.includes(pathname)) {
    const refusal = foreignHost(request) ?? tooOften(request) ?? noPage(request);
    if (refusal) return refusal;
  }
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, pathname + search);
  if (isData(pathname)) return answered(headers, DATA_POLICY);
  const nonce = randomBytes(18).toString("base64");
  const policy = pagePolicy({ nonce, dev: process.env.NODE_ENV === "development" });
  headers.set(NONCE_HEADER, nonce);
  // Next takes the nonce of its own scripts from here.
  headers.set("content-security-policy", policy);
  return answered(headers, policy);
}

function isData(pathname: string): boolean {
  return pathname.startsWith("/api/") || pathname === "/metrics" || HEALTH.includes(pathname);
}

function answered(headers: Headers, policy: string): NextResponse {
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/**
 * A web page elsewhere may reach us by a name of its own that resolves to our address. Where sign-in is
 * off only this machine's names and the one we are known by are answered; otherwise plain addresses
 * too, which no page can make its own.
 */
function foreignHost(request: NextRequest): NextResponse | null {
  const host = hostnameOf(request.headers.get("host"));
  if (host !== null && isOurs(host)) return null;
  return refused(421, {
    code: "unknown-host",
    message: "This server does not answer to that host name; set PLIMSOLL_URL to the one it has.",
  });
}

function isOurs(host: string): boolean {
  const { noAuth, publicUrl } = settings();
  if (isLoopback(host) || host === URL.parse(publicUrl)?.hostname) return true;
  return !noAuth && plainAddress(host.replace(/^\[|\]$/g, "")) !== null;
}

function hostnameOf(host: string | null): string | null {
  if (!host) return null;
  return URL.parse(`http://${host}`)?.hostname ?? null;
}

function tooOften(request: NextRequest): NextResponse | null {
  const address = addressOf(request.headers);
  if (settings().noAuth || address === null) return null;
  const wait = overLimit("address", neighbourhood(address), Date.now());
  if (wait === null) return null;
  const response = refused(429, {
    code: "too-many-requests",
    message: `Your address asks too often; try again in ${wait} s.`,
  });
  response.headers.set("retry-after", String(wait));
  return response;
}

/** Pages are only read; what changes something is a route. */
function noPage({ method, nextUrl: { pathname } }: NextRequest): NextResponse | null {
  if (isData(pathname) || method === "GET" || method === "HEAD") return null;
  const response = refused(405, {
    code: "method-not-allowed",
    message: "A page answers to GET and HEAD.",
  });
  response.headers.set("allow", "GET, HEAD");
  return response;
}

function refused(status: number, error: { code: string; message: string }): NextResponse {
  return NextResponse.json(
    { error: { ...error, details: [] } },
    { status, headers: { "cache-control": "no-store", "content-security-policy": DATA_POLICY } },
  );
}
