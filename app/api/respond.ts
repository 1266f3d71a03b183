import { log } from "#config/log.ts";

/** One thing that is wrong with a request: where, and what to do. */
export interface ErrorDetail {
  readonly field: string;
  readonly message: string;
}

/** A request that cannot be answered, with its status: thrown by parsers, turned into JSON by `respond`. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: 400 | 404 | 409 | 410 | 413 | 422 | 503;
  readonly code: string;
  readonly details: readonly ErrorDetail[];

  constructor(
    status: RequestError["status"],
    code: string,
    message: string,
    details: readonly ErrorDetail[] = [],
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** Answers with what `work` gives, as JSON; errors in the one shape of the API, never a stack. */
export async function respond(work: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await work(), { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (error instanceof RequestError) return failure(error.status, error);
    log().error({ err: error }, "request failed");
    return failure(500, {
      code: "internal",
      message: "Something went wrong on our side; the log says what.",
      details: [],
    });
  }
}

function failure(
  status: number,
  error: { code: string; message: string; details: readonly ErrorDetail[] },
): Response {
  const { code, message, details } = error;
  return Response.json(
    { error: { code, message, details } },
    { status, headers: { "cache-control": "no-store" } },
  );
}
