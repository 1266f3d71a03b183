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
    serializers: { err: describeError },
  });
  return holder[KEY];
}

/** An error as far as it may be logged: never its properties. */
export function describeError(error: unknown): { name: string; message: string; stack?: string } {
  if (!(error instanceof Error))
    return { name: "Error", message: "something that is no Error was thrown" };
  return { name: error.name, message: error.message, stack: error.stack };
}
