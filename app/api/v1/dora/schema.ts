import { z } from "zod";

/** The answer of `GET /api/v1/dora` as a schema: the OpenAPI document is made from it. */

const time = z.iso.datetime().describe("ISO 8601, UTC");
const ratio = z.number().describe("a ratio, not a percent");
const durationMs = z.number().describe("milliseconds");

const metric = z.strictObject({
  value: z
    .number()
    .nullable()
    .describe("in `unit`; null when it is not known, `reason` says why, or when nothing happened"),
  reason: z
    .enum([
      "no-deployments",
      "first-deployment",
      "no-incident-source",
      "not-synced",
      "commits-not-told",
    ])
    .optional(),
  flags: z.array(
    z.enum([
      "too-few",
      "at-least",
      "pooled",
      "partly-synced",
      "no-incident-source",
      "no-failures",
      "no-changes",
      "no-incidents",
    ]),
  ),
  known: z
    .strictObject({ from: time, to: time })
    .optional()
    .describe("with the flag `partly-synced`: the part of the range that the number covers"),
  n: z.number().describe("how many deployments, changes or failures it was taken over"),
  unit: z.enum(["deployments", "ms", "ratio"]),
  perDay: z.number().optional(),
  perWeek: z.number().optional(),
  p75: durationMs.optional(),
  p90: durationMs.optional(),
  interval: z.strictObject({ low: ratio, high: ratio }).optional().describe("Wilson, 95 %"),
  stages: z
    .array(
      z.strictObject({
        stage: z.enum(["coding", "pickup", "review", "waiting", "deploying"]),
        medianMs: durationMs.nullable(),
        meanMs: durationMs.describe("milliseconds; the stages sum to the mean lead time"),
        n: z.number(),
      }),
    )
    .optional(),
  open: z
    .strictObject({
      n: z.number(),
      longestMs: durationMs,
      atLeast: z.array(z.enum(["value", "p75", "p90"])).describe("which are lower bounds"),
    })
    .optional(),
  excluded: z.array(
    z.strictObject({
      reason: z.string(),
      id: z.string(),
      service: z.string(),
      at: time,
      n: z.number(),
    }),
  ),
  source: z.strictObject({
    names: z.array(z.enum(["api", "deployment", "release", "tag", "workflow", "merge"])),
    confidence: z.enum(["high", "medium", "low"]).nullable(),
  }),
  rows: z.array(z.string()).describe("ids of the deployments or changes behind it"),
});

export const doraAnswer = z.strictObject({
  window: z.strictObject({ from: time, to: time, zone: z.string() }),
  metrics: z.strictObject({
    deploymentFrequency: metric,
    leadTime: metric,
    changeFailureRate: metric,
    recoveryTime: metric,
    reworkRate: metric,
  }),
});
