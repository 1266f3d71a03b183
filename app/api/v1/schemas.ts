import { z } from "zod";
import { SLO_STATES, type SloStatus } from "#lib/slo/status.ts";

/** The answers of API v1 as schemas: the OpenAPI document is made from them, and tests hold the routes to them. */

const ratio = z.number().describe("a ratio, not a percent");
const time = z.iso.datetime().describe("ISO 8601, UTC");

export const sloStatus = z.strictObject({
  service: z.string(),
  slo: z.string(),
  team: z.string().nullable(),
  objective: ratio,
  window: z.string().describe('as in the document: "30d"'),
  state: z.enum(SLO_STATES),
  policyState: z.string(),
  enforced: z
    .boolean()
    .describe("false: aspirational; its policy state asks for nothing and the gate leaves it out"),
  held: z
    .boolean()
    .describe("policyState is the last known one, kept while the numbers are unknown"),
  historyDays: z.number().describe("known history, at most the window"),
  sli: ratio.nullable(),
  good: z.number(),
  total: z.number(),
  coverage: ratio.describe("known minutes of the window that have data"),
  consumed: ratio.nullable(),
  remaining: ratio.nullable().describe("signed: -1.59 is 159 % overspent"),
  burn: z
    .record(z.string(), z.number().nullable())
    .describe("by the windows of the alert tiers; null = too many minutes are missing"),
  alert: z
    .strictObject({ tier: z.string(), severity: z.enum(["page", "ticket"]), since: time })
    .nullable(),
  exhaustsAt: time.nullable(),
  exhaustedSince: time.nullable(),
  recoversAt: time.nullable(),
  watermark: time.nullable().describe("end of the newest minute that has data"),
  asOf: time,
  link: z.string(),
  instance: z
    .strictObject({ of: z.string(), labels: z.record(z.string(), z.string()) })
    .describe("only of one label set of a grouped SLO: of which SLO, and its labels")
    .optional(),
}) satisfies z.ZodType<SloStatus>;

export const sloPage = z.strictObject({
  asOf: time,
  slos: z.array(sloStatus),
  next: z.string().nullable().describe("cursor of the following page; null on the last"),
});

export const sloSeries = z.strictObject({
  points: z.array(
    z.strictObject({
      at: time.describe("exclusive end of the point's interval"),
      good: z.number(),
      total: z.number(),
      covered: z.number().describe("minutes of the interval that have data"),
      remaining: ratio.nullable(),
    }),
  ),
  deployments: z
    .array(
      z.strictObject({
        id: z.string(),
        environment: z.string(),
        sha: z.string().nullable(),
        ref: z.string().nullable(),
        finishedAt: time,
        failed: z.boolean().describe("caused an incident, was rolled back, or was marked so"),
        url: z.string().nullable(),
      }),
    )
    .describe("successful production deployments of the service, oldest first"),
  incidents: z
    .array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        severity: z.enum(["SEV1", "SEV2", "SEV3"]),
        startedAt: time,
        resolvedAt: time.nullable().describe("null while it is open"),
        deploymentId: z.string().nullable().describe("what caused it; null = not known"),
        url: z.string().nullable(),
      }),
    )
    .describe("incidents of the service that lasted at some time of the range"),
  versions: z.array(
    z.strictObject({ version: z.number(), validFrom: time, objective: ratio, window: z.string() }),
  ),
});

export const sourceList = z.strictObject({
  sources: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["prometheus", "github", "pagerduty", "synthetic"]),
      state: z.enum(["starting", "ok", "no-data", "failed"]),
      lastSuccessAt: time.nullable(),
      watermark: time.nullable(),
      backfill: z
        .strictObject({ done: z.number(), of: z.number() })
        .describe("minutes of first history"),
      error: z.string().nullable(),
    }),
  ),
});

export const failure = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    details: z.array(z.strictObject({ field: z.string(), message: z.string() })),
  }),
});
