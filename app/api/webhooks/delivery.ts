import { createHash } from "node:crypto";
import type { z } from "zod";
import { checked } from "#app/api/mistakes.ts";
import { RequestError } from "#app/api/respond.ts";
import { store } from "#db/client.ts";
import { takeAnew } from "#db/writes/inbox.ts";
import { type NewDelivery, storeDelivery } from "#db/writes/webhooks.ts";

/** The largest and slowest delivery that is read. */
export const CAP = { bytes: 5 * 1024 * 1024, ms: 10_000 };

/** What a delivery says, and its text as it came. */
interface Payload<Shape extends z.ZodType> {
  readonly text: string;
  readonly said: z.output<Shape>;
}

/** Reads a JSON body; every mistake at once. */
export function payloadOf<Shape extends z.ZodType>(body: Buffer, shape: Shape): Payload<Shape> {
  const text = textOf(body);
  const { data, mistakes } = checked(shape, parseJson(text));
  if (!mistakes) return { text, said: data };
  throw new RequestError(400, "bad-body", "The body is not what this webhook sends.", mistakes);
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new RequestError(400, "bad-json", "The body is not UTF-8.");
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestError(
      400,
      "bad-json",
      "The body is not JSON; have the sender use the content type application/json.",
    );
  }
}

/** A name for a delivery whose sender gives none that is signed: the same body has the same one. */
export function nameOfBody(body: Buffer): string {
  return `sha256:${createHash("sha256").update(body).digest("hex")}`;
}

/**
 * Keeps it and answers at once; what is made of it comes later. `anew`: one that could not be dealt
 * with is, when it is sent again.
 */
export async function accept(
  delivery: NewDelivery,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<Response> {
  const { db } = await store();
  const isNew = await storeDelivery(db, delivery);
  return isNew || (anew && (await takeAnew(db, delivery)))
    ? Response.json({ outcome: "stored" }, { status: 202 })
    : Response.json({ outcome: "already-received" });
}
