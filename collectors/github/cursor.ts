import { z } from "zod";
import type { Sequences } from "#collectors/github/sequence.ts";
import type { DeploymentSource } from "#lib/dora/facts.ts";

const SOURCES = [
  "api",
  "deployment",
  "release",
  "tag",
  "workflow",
  "merge",
] as const satisfies readonly DeploymentSource[];

const position = z.object({
  after: z.string().nullable(),
  reached: z.number().nullable(),
  done: z.boolean(),
});
const arrival = z.object({
  id: z.string(),
  sha: z.string(),
  at: z.number(),
  base: z.string().nullable().optional(),
});

const state = z.object({
  id: z.string(),
  /** By which rules it was collected. */
  rules: z.string(),
  /** Where each service's deployments are learned from: a choice that was left to us stays. */
  chosen: z.record(z.string(), z.enum(SOURCES)).default({}),
  /** What is newer than this is not collected yet; epoch ms. */
  watermark: z.number(),
  /** Everything between this and the watermark is collected. */
  collectedFrom: z.number(),
  complete: z.boolean(),
  /** Where the lists were left on the way back, by name. */
  positions: z.record(z.string(), position),
  sequences: z.record(z.string(), z.array(arrival)),
  /** Deployments that had not ended. */
  open: z.array(z.string()),
  /** Issues that are incidents and when they were closed: they may cease to be. */
  issues: z.record(z.string(), z.number().nullable()).default({}),
});

const cursor = z.object({ version: z.literal(1), repositories: z.record(z.string(), state) });

/** How far one repository is; by its configured name in the cursor. */
export type RepositoryState = z.infer<typeof state>;
export type GithubCursor = z.infer<typeof cursor>;

/** A cursor that cannot be read means to begin again, which is harmless. */
export function readCursor(saved: unknown): GithubCursor {
  const parsed = cursor.safeParse(saved);
  return parsed.success ? parsed.data : { version: 1, repositories: {} };
}

export function sequencesOf(saved: RepositoryState | null): Sequences {
  return new Map(Object.entries(saved?.sequences ?? {}).map(([key, rows]) => [key, [...rows]]));
}
