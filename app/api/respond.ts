import { log } from "#config/log.ts";

/** One thing that is wrong with a request: where, and what to do. */
export interface ErrorDetail {
  readonly field: string;
  readonly message: string;
}

type RequestStatus = 400 | 401 | 403 | 404 | 408 | 409 | 410 | 413 | 415 | 422 | 429 | 503;

/** A request that cannot be answered, with its status: thrown by parsers, turned into JSON by `respond`. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: RequestStatus;
  readonly code: string;
  readonly details: readonly ErrorDetail[];
  /** Whole seconds after which it is worth asking again; only with 429. */
  readonly retryAfterS: number | null;

  constructor(
    status: RequestStatus,
    code: string,
    message: string,
    details: readonly ErrorDetail[] = [],
    retryAfterS: number | null = null,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.retryAfterS = retryAfterS;
  }
}

/** Answers with what `work` gives, as JSON unless it is an answer already; errors in the one shape of the API, never a stack. */
export async function respond(work: () => Promise<unknown>): Promise<Response> {
  try {
    const given = await work();
    return given instanceof Response ? given : Response.json(given, { headers: FRESH });
  } catch (error) {
    if (error instanceof RequestError) return failure(error);
    log().error({ err: error }, "request failed");
    return failure({
      status: 500,
      code: "internal",
      message: "Something went wrong on our side; the log says what.",
      details: [],
      retryAfterS: null,
    });
  }
}

const FRESH = { "cache-control": "no-store" };

interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: readonly ErrorDetail[];
  readonly retryAfterS: number | null;
}

function failure({ status, code, message, details, retryAfterS }: Failure): Response {
  const headers = new Headers(FRESH);
  if (retryAfterS !== null) headers.set("retry-after", String(retryAfterS));
  if (status === 401) headers.set("www-authenticate", 'Bearer realm="plimsoll"');
  return Response.json({ error: { code, message, details } }, { status, headers });
}
