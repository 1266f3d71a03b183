import { z } from "zod";
import type { Answer } from "./ask.ts";
import { CANARY } from "./furnish.ts";
import type { Cell } from "./matrix.ts";

const shape = z.strictObject({
  error: z.strictObject({
    code: z.enum(["not-signed-in", "forbidden", "foreign-origin"]),
    message: z.string().regex(/\w.*[.…]$/),
    details: z.tuple([]),
  }),
});

/** What is wrong with an answer, in words; null when it is as the table says. */
export function wrongWith(answer: Answer, cell: Pick<Cell, "expected" | "method">): string | null {
  const { status } = answer;
  if (cell.expected === "+") {
    if (status >= 500) return `it broke: ${status} ${answer.text.slice(0, 200)}`;
    return status === 401 || status === 403 ? `may, but was refused: ${answer.text}` : null;
  }
  if (status !== cell.expected) return `${status} in place of ${cell.expected}`;
  if (cell.expected === 204 || cell.expected === 405 || cell.method === "HEAD") {
    return answer.text === "" ? null : `an answer without content has some: ${answer.text}`;
  }
  return wrongWithRefusal(answer);
}

/** A refusal is of the one shape, says how to come in, is not kept by anyone, and tells nothing else. */
export function wrongWithRefusal({ status, headers, text }: Answer): string | null {
  const parsed = shape.safeParse(jsonOf(text));
  if (!parsed.success) return `not in the shape of a refusal: ${text.slice(0, 200)}`;
  if (text.includes(CANARY)) return `tells what there is: ${text}`;
  if (headers.get("cache-control") !== "no-store") return "may be kept by a cache";
  const isCode = (parsed.data.error.code === "not-signed-in") === (status === 401);
  if (!isCode) return `${status} with the code ${parsed.data.error.code}`;
  const asks = headers.get("www-authenticate") !== null;
  return asks === (status === 401) ? null : "www-authenticate goes with 401, and with it alone";
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
