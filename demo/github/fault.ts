import { z } from "zod";

/** What is wrong with the stand-in at present; `times` = for so many requests, then it heals. */
const times = z.number().int().min(1).optional();

const fault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none"), times }),
  /** The primary limit: HTTP 200 with errors of the type RATE_LIMITED. */
  z.strictObject({ kind: z.literal("rate-limited"), resetSeconds: z.number().int(), times }),
  /** The secondary limit: 403 or 429 with `retry-after`. */
  z.strictObject({
    kind: z.literal("secondary"),
    status: z.union([z.literal(403), z.literal(429)]),
    retryAfterSeconds: z.number().int(),
    times,
  }),
  /** 502 for every page of more than so many rows, as when GitHub's own deadline passes. */
  z.strictObject({ kind: z.literal("bad-gateway"), above: z.number().int().min(0), times }),
  /** The first object of this type on each page is null, with an error beside the data. */
  z.strictObject({ kind: z.literal("partial"), type: z.string(), times }),
  /** What the branch holds, or what is in its folders, is left out without an error beside it. */
  z.strictObject({ kind: z.literal("hollow"), of: z.enum(["branch", "folder"]), times }),
  z.strictObject({ kind: z.literal("slow"), ms: z.number().int().min(0).max(600_000), times }),
  /** A page of HTML, such as a proxy's sign-in. */
  z.strictObject({ kind: z.literal("garbage"), times }),
  /** Leads elsewhere. */
  z.strictObject({ kind: z.literal("redirect"), to: z.string(), times }),
  /** Breaks off every connection. */
  z.strictObject({ kind: z.literal("down"), times }),
  /** Pages that repeat rows of the page before and come in another order. */
  z.strictObject({ kind: z.literal("restless"), overlap: z.number().int().min(0), times }),
]);

export type GithubFault = z.infer<typeof fault>;

export const NO_FAULT: GithubFault = { kind: "none" };

/** Null when the text is not a fault. */
export function readFault(text: string): GithubFault | null {
  try {
    return fault.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The fault for one request, which counts against its `times`. */
export function takeFault(holder: { fault: GithubFault }): GithubFault {
  const { fault: current } = holder;
  if (current.times === undefined) return current;
  holder.fault = current.times > 1 ? { ...current, times: current.times - 1 } : NO_FAULT;
  return current;
}
