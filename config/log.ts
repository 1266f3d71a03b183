import { type Logger, pino } from "pino";

const KEY = Symbol.for("plimsoll.log");
const holder = globalThis as { [KEY]?: Logger };

/** Names under which a secret might stand in something that is logged. */
const SECRETS = [
  "token",
  "bearerToken",
  "password",
  "authorization",
  "headers",
  "config",
  "secret",
];

/**
 * Structured logs on standard output, one JSON object a line. `PLIMSOLL_LOG_LEVEL` sets how much
 * (default info). Errors are logged by name and message: an upstream library's error object may
 * hold the request with its credentials.
 */
export function log(): Logger {
  holder[KEY] ??= pino({
    level: process.env.PLIMSOLL_LOG_LEVEL ?? "info",
    base: { app: "plimsoll" },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: "[secret]" },
    serializers: { err: (error: unknown) => describeError(error) },
  });
  return holder[KEY];
}

export interface DescribedError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: DescribedError;
}

const LONGEST_MESSAGE = 1_000;
/** A failed statement's message ends with all its parameters: password hashes, bodies, megabytes. */
const PARAMETERS = /\nparams: .*$/s;
const DEEPEST_CAUSE = 3;

/** An error as far as it may be logged: never its properties. What it was caused by often says why. */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error))
    return { name: "Error", message: "something that is no Error was thrown" };
  const { name, message, stack, cause } = error;
  return {
    name,
    message: shortened(message),
    stack: stack?.replace(message, () => shortened(message)),
    ...(cause instanceof Error && depth < DEEPEST_CAUSE
      ? { cause: describeError(cause, depth + 1) }
      : {}),
  };
}

function shortened(text: string): string {
  const told = text.replace(PARAMETERS, "");
  return told.length <= LONGEST_MESSAGE ? told : `${told.slice(0, LONGEST_MESSAGE)}…`;
}
