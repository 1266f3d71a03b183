/** The path and search of the page asked for; set by our own server side, whatever a client sent. */
export const PATH_HEADER = "x-plimsoll-path";
/** The nonce of this response's scripts, for a page that has to hand it on. */
export const NONCE_HEADER = "x-plimsoll-nonce";

const ONE_YEAR_S = 365 * 24 * 3_600;
const NOT_NEEDED = ["camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"];

/**
 * What every response says to a browser; `https` adds that it is to come by https only, for a year.
 * @example securityHeaders({ https: false })["x-content-type-options"] // "nosniff"
 */
export function securityHeaders({ https }: { https: boolean }): Readonly<Record<string, string>> {
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": NOT_NEEDED.map((feature) => `${feature}=()`).join(", "),
    ...(https ? { "strict-transport-security": `max-age=${ONE_YEAR_S}` } : {}),
  };
}

/** An answer that is no page: nothing in it may be loaded, run or framed. */
export const DATA_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * What a page may load and run: its own files, and scripts with this response's nonce. Development
 * also compiles code in the browser and keeps a socket open.
 * @example pagePolicy({ nonce: "abc", dev: false }) // "default-src 'self'; script-src 'self' 'nonce-abc' …"
 */
export function pagePolicy({ nonce, dev }: { nonce: string; dev: boolean }): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // Libraries that measure and animate write style attributes, which cannot carry a nonce.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
