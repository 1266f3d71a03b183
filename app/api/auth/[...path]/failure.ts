/** better-auth's refusals in our words; anything else stays vague. */
const WORDS: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: "No account has this e-mail address and password.",
  INVALID_EMAIL: "This is not an e-mail address.",
  disabled: "This account was switched off. Ask an admin.",
};

const STATUS_WORDS: Readonly<Record<number, string>> = {
  403: "This may not be asked from there: use Plimsoll's own sign-in page.",
  429: "Too many attempts; wait a moment.",
};

/** A refusal in the one shape of the API. */
export async function failure(answer: Response): Promise<Response> {
  const code = codeOf(await answer.json().catch(() => null));
  const message = WORDS[code] ?? STATUS_WORDS[answer.status] ?? "This sign-in cannot be used.";
  const headers = new Headers({ "cache-control": "no-store" });
  const wait = answer.headers.get("x-retry-after");
  if (wait) headers.set("retry-after", wait);
  const status = answer.status >= 500 ? 500 : answer.status;
  const shown = code.toLowerCase().replaceAll("_", "-");
  return Response.json({ error: { code: shown, message, details: [] } }, { status, headers });
}

function codeOf(body: unknown): string {
  const code = body && typeof body === "object" ? Reflect.get(body, "code") : null;
  return typeof code === "string" && /^\w{1,60}$/.test(code) ? code : "refused";
}
