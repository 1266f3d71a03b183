import { z } from "zod";
import { moment } from "#app/api/parameters.ts";
import type { RowKey } from "#db/reads/deliveryPages.ts";

/** What lists of deployments and incidents may be asked for. */
export const listQuery = {
  service: z.string().optional(),
  from: moment.optional(),
  to: moment.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.string().max(1_024).transform(readCursor).optional(),
};

/** Where a page ended, as text that fits into an address. */
export function cursorOf(key: RowKey | null): string | null {
  return key && Buffer.from(`${key.at} ${key.id}`).toString("base64url");
}

function readCursor(text: string, context: z.RefinementCtx): RowKey {
  const found = /^(\d{1,15}) ([^\0]+)$/.exec(Buffer.from(text, "base64url").toString());
  if (found?.[1] && found[2]) return { at: Number(found[1]), id: found[2] };
  context.addIssue({ code: "custom", message: "is not one that this server gave" });
  return z.NEVER;
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
