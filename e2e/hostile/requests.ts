import { createHmac } from "node:crypto";
import { PAGES, ROUTES } from "#lib/access/routes.ts";
import { bodyOf } from "./bodies.ts";
import type { Dice } from "./dice.ts";
import { HEADERS, QUERIES, RAW, TYPES, VALUES } from "./values.ts";

/** One request as its bytes, and where it was meant to go. */
export interface Hostile {
  readonly route: string;
  readonly bytes: Buffer;
  /** Bytes of it were changed at random, so that it may be no request at all. */
  readonly isBroken: boolean;
}

/** What opens doors: good tokens, and the secrets that webhooks are signed with. */
export interface Keys {
  readonly tokens: readonly string[];
  readonly secrets: { readonly github: string; readonly pagerduty: string };
}

const PAGE_ROUTES = Object.keys(PAGES).map((page) => `GET ${page}`);
const METHODS = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "PROPFIND",
  "BREW",
];

/** A request to route number `i`, so that each gets its share, or now and then to a page. */
export function hostileRequest(dice: Dice, i: number, keys: Keys): Hostile {
  const routes = Object.keys(ROUTES);
  const route = dice.chance(0.1) ? dice.pick(PAGE_ROUTES) : (routes[i % routes.length] ?? "");
  const [own = "", path = ""] = route.split(" ");
  const method = own === "*" || dice.chance(0.3) ? dice.pick(METHODS) : own;
  const body = dice.chance(method === "GET" ? 0.1 : 0.9) ? bodyOf(dice) : null;
  const head = [
    `${method} ${targetOf(dice, path)} HTTP/1.1`,
    `Host: ${dice.chance(0.97) ? "localhost" : dice.pick(["evil.example", "", "[", "a b", "127.0.0.1:x"])}`,
    "Connection: close",
    ...headersOf(dice, keys.tokens),
    ...(dice.chance(0.5) ? signatures(keys, body) : []),
  ];
  const whole = Buffer.concat([Buffer.from(head.join("\r\n"), "latin1"), framed(dice, body)]);
  const isBroken = dice.chance(0.1);
  return { route, bytes: isBroken ? broken(dice, whole) : whole, isBroken };
}

function targetOf(dice: Dice, pattern: string): string {
  const path = pattern.replaceAll(/\[[^\]]+\]/g, () => segment(dice));
  const count = dice.chance(0.5) ? 0 : dice.upTo(4);
  const query = Array.from({ length: count }, () => `${dice.pick(QUERIES)}=${segment(dice)}`);
  return (
    (dice.chance(0.02) ? dice.pick(RAW) : path) + (query.length > 0 ? `?${query.join("&")}` : "")
  );
}

/** Mostly percent-encoded as a browser would, so that it gets as far as the route. */
function segment(dice: Dice): string {
  return dice.chance(0.9) ? encodeURIComponent(dice.pick(VALUES)) : dice.pick(RAW);
}

function headersOf(dice: Dice, tokens: readonly string[]): string[] {
  const chosen = Array.from({ length: dice.upTo(4) }, () => {
    const [name, values] = dice.pick(HEADERS);
    return `${name}: ${dice.pick(values)}`;
  });
  const type = dice.chance(0.7) ? "application/json" : dice.pick(TYPES);
  const token =
    tokens.length > 0 && dice.chance(0.4) ? [`Authorization: Bearer ${dice.pick(tokens)}`] : [];
  const origin = dice.chance(0.7) ? ["Origin: http://localhost"] : [];
  return [`Content-Type: ${type}`, ...token, ...origin, ...chosen];
}

function signatures({ secrets }: Keys, body: Buffer | null): string[] {
  const sign = (secret: string) =>
    createHmac("sha256", secret)
      .update(body ?? "")
      .digest("hex");
  return [
    `X-Hub-Signature-256: sha256=${sign(secrets.github)}`,
    `X-PagerDuty-Signature: v1=${sign(secrets.pagerduty)}`,
  ];
}

/** The end of the headers, and the body with its length or in chunks; at times with a wrong length. */
function framed(dice: Dice, body: Buffer | null): Buffer {
  if (body === null) return Buffer.from("\r\n\r\n");
  if (dice.chance(0.3)) {
    const size = Buffer.from(
      `\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`,
    );
    return Buffer.concat(
      body.length > 0 ? [size, body, Buffer.from("\r\n0\r\n\r\n")] : [size, Buffer.from("\r\n")],
    );
  }
  const length = dice.chance(0.02) ? Math.max(0, body.length - dice.upTo(9)) : body.length;
  return Buffer.concat([Buffer.from(`\r\nContent-Length: ${length}\r\n\r\n`), body]);
}

/** A few bytes changed, taken out or doubled. */
function broken(dice: Dice, whole: Buffer): Buffer {
  const bytes = [...whole];
  for (let i = 0; i <= dice.upTo(4); i++) {
    const at = dice.upTo(bytes.length);
    const there = bytes[at] ?? 0;
    bytes.splice(at, 1, ...dice.pick([[dice.upTo(256)], [], [there, there], [there ^ 0x20]]));
  }
  return Buffer.from(bytes);
}
