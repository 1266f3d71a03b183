/**
 * Where to go after signing in: the path that was asked for, when it is one of our own; else the
 * fleet. Never another site, and never the sign-in page again.
 * @example safeNext("//evil.example") // "/"
 */
export function safeNext(asked: string | null | undefined): string {
  if (!asked?.startsWith("/") || hasControlCharacter(asked)) return "/";
  const url = URL.parse(asked, OURS);
  if (url?.origin !== OURS || NOT_A_PLACE.test(url.pathname)) return "/";
  return url.pathname + url.search + url.hash;
}

/** Doors, what answers no page, and what a browser reads as another host once it is resolved. */
const NOT_A_PLACE = /^\/((sign-in|welcome|api)(\/|$)|[/\\])/;
const OURS = "http://plimsoll.invalid";

/** Browsers drop tabs and line breaks from an address before they read it. */
function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < " " || character === "\x7f");
}
