const LONGEST_TARGET = 8 * 1024;
export const METHODS: readonly string[] = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
];

/** Why a request is not taken in, before anything else of it is read. */
export interface Refusal {
  readonly status: 400 | 405 | 408 | 413 | 414 | 429 | 431 | 503;
  readonly code: string;
  readonly message: string;
}

/** The first line and the host of a request, when no page and no route could answer them. */
export function refusalOf(request: {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly httpVersion: string;
  readonly rawHeaders: readonly string[];
}): Refusal | null {
  if (!METHODS.includes(request.method ?? "")) return NO_SUCH_METHOD;
  const target = request.url ?? "";
  if (target.length > LONGEST_TARGET) return TOO_LONG;
  if (!isOwnPath(target) || !isDecodable(target)) return BAD_TARGET;
  const hosts = request.rawHeaders.filter((name, i) => i % 2 === 0 && /^host$/i.test(name));
  const isOneHost = hosts.length === 1 || (hosts.length === 0 && request.httpVersion === "1.0");
  return isOneHost ? null : NOT_ONE_HOST;
}

export const NO_SUCH_METHOD: Refusal = {
  status: 405,
  code: "method-not-allowed",
  message: `Nothing here answers to that method; there are ${METHODS.join(", ")}.`,
};
const TOO_LONG: Refusal = {
  status: 414,
  code: "address-too-long",
  message: `The path and query may have at most ${LONGEST_TARGET} characters.`,
};
const BAD_TARGET: Refusal = {
  status: 400,
  code: "bad-address",
  message: "Ask with a path that begins with one slash, percent-encoded as UTF-8, without NUL.",
};
const NOT_ONE_HOST: Refusal = {
  status: 400,
  code: "bad-host",
  message: "Send one Host header.",
};

/** A path of ours, not another site's address (http://…, //…), in the characters an address may have. */
function isOwnPath(target: string): boolean {
  return /^\/(?![/\\])[\x21\x22\x24-\x5b\x5d-\x7e]*$/.test(target);
}

/** Every percent sign of the path begins a byte of good UTF-8, and nothing in it is a control character. */
function isDecodable(target: string): boolean {
  if (/%00/.test(target)) return false;
  try {
    const path = decodeURIComponent(target.replace(/\?.*$/s, ""));
    return [...path].every((character) => character >= " " && character !== "\x7f");
  } catch {
    return false;
  }
}
