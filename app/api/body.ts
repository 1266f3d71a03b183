import type { z } from "zod";
import { checked } from "#app/api/mistakes.ts";
import { RequestError } from "#app/api/respond.ts";

const MOST_BYTES = 64 * 1024;
const LONGEST_MS = 10_000;

interface Cap {
  readonly bytes: number;
  readonly ms: number;
}

/** The body as it came, within a size and a time; what is larger or slower is not read to its end. */
export async function rawBody(
  request: Request,
  cap: Cap = { bytes: MOST_BYTES, ms: LONGEST_MS },
): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > cap.bytes) throw tooLarge(cap);
  const reader = request.body?.getReader();
  if (!reader) return Buffer.alloc(0);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(tooSlow(cap)), cap.ms);
  try {
    return await Promise.race([readAll(reader, cap), late.promise]);
  } finally {
    clearTimeout(timer);
    void reader.cancel().catch(() => undefined);
  }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>, cap: Cap): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new RequestError(400, "cut-off", "The body ended before it was whole.");
    });
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > cap.bytes) throw tooLarge(cap);
    chunks.push(value);
  }
}

/** A JSON body of `shape`, every mistake at once. */
export async function jsonBody<Shape extends z.ZodType>(
  request: Request,
  shape: Shape,
  cap?: Cap,
): Promise<z.output<Shape>> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new RequestError(415, "not-json", "Send JSON, with content-type: application/json.");
  }
  const { data, mistakes } = checked(shape, parseJson(await rawBody(request, cap)));
  if (!mistakes) return data;
  throw new RequestError(422, "bad-body", "The body has fields that cannot be used.", mistakes);
}

/** Text that a database could not keep as it is counts as no JSON: NUL, and halves of characters. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body), (key, value) => {
      if (!isKeepable(key) || !isKeepable(value)) throw new SyntaxError("unusable text");
      return value;
    });
  } catch {
    throw new RequestError(400, "bad-json", "The body is not JSON in UTF-8.");
  }
}

function isKeepable(value: unknown): boolean {
  return typeof value !== "string" || (value.isWellFormed() && !value.includes("\0"));
}

function tooLarge({ bytes }: Cap): RequestError {
  return new RequestError(413, "too-large", `The body may have at most ${bytes} bytes.`);
}

function tooSlow({ ms }: Cap): RequestError {
  return new RequestError(408, "too-slow", `The body must arrive within ${ms / 1000} s.`);
}
