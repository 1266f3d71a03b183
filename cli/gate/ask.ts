import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type GateAnswer, gateAnswer } from "#cli/gate/answer.ts";

const TRIES = 3;
const TIMEOUT_MS = 10_000;
/** Before the second and the third try, where the server names no time. */
const WAITS_MS = [1_000, 3_000];
const MOST_WAIT_MS = 15_000;

export interface GateRequest {
  /** Where Plimsoll is. */
  readonly url: URL;
  readonly token: string | null;
  /** The query: service, environment, change, sha. */
  readonly asked: Readonly<Record<string, string>>;
  /** For tests. */
  readonly waitFor?: (ms: number) => Promise<unknown>;
}

/** No answer that counts, with the reason in words. */
export interface NoAnswer {
  readonly reason: string;
  /** The server says that the question itself is wrong. */
  readonly wrong?: true;
  /** Worth another try; after so long, where the server says. */
  readonly again?: { readonly afterMs: number | null };
}

/** Asks up to three times: a pipeline should not fail because a server was just restarting. */
export async function askServer(request: GateRequest): Promise<GateAnswer | NoAnswer> {
  const waitFor = request.waitFor ?? wait;
  for (let tries = 1; ; tries++) {
    const answer = await askOnce(request);
    if ("decision" in answer || !answer.again || tries === TRIES) return answer;
    const ms = answer.again.afterMs ?? WAITS_MS[tries - 1] ?? 0;
    await waitFor(Math.min(ms, MOST_WAIT_MS));
  }
}

async function askOnce({ url, token, asked }: GateRequest): Promise<GateAnswer | NoAnswer> {
  const target = new URL("/api/v1/gate", url);
  target.search = new URLSearchParams({ ...asked, surface: "cli" }).toString();
  try {
    const response = await fetch(target, {
      headers: { accept: "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      // A token must not travel on to where it was not sent.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await readAnswer(response);
  } catch (error) {
    return { reason: unreachable(url, error), again: { afterMs: null } };
  }
}

async function readAnswer(response: Response): Promise<GateAnswer | NoAnswer> {
  const { status } = response;
  const body = parsed(await response.text());
  const answer = gateAnswer.safeParse(body);
  if (status === 200 && answer.success) return answer.data;
  if (status === 200)
    return {
      reason:
        "the server answered with something that is no gate answer; is the URL that of Plimsoll?",
    };
  if (status >= 300 && status < 400) {
    return { reason: `the server redirects elsewhere (HTTP ${status}); give its final URL` };
  }
  const reason = `the server answered HTTP ${status}${said(body)}`;
  if (status === 400) return { reason, wrong: true };
  if (status !== 429 && status < 500) return { reason };
  const after = Number(response.headers.get("retry-after") ?? Number.NaN);
  return { reason, again: { afterMs: Number.isFinite(after) ? after * 1000 : null } };
}

const failure = z.object({
  error: z.object({
    message: z.string(),
    details: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
  }),
});

function said(body: unknown): string {
  const { error } = failure.safeParse(body).data ?? {};
  if (!error) return "";
  const details = error.details.map(({ field, message }) => `${field} ${message}`);
  return `: ${[error.message, ...details].join("; ").slice(0, 500)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unreachable(url: URL, error: unknown): string {
  const late = error instanceof Error && error.name === "TimeoutError";
  if (late) return `${url.origin} did not answer within ${TIMEOUT_MS / 1000} s`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return `${url.origin} cannot be reached${code}`;
}
