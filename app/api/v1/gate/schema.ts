import { z } from "zod";
import type { GateDecision } from "#lib/policy/decision.ts";

const time = z.iso.datetime().describe("ISO 8601, UTC");
const ratio = z.number().describe("a ratio, not a percent");

export const GATE_CHANGES = ["feature", "p0", "security"] as const;

export const gateAnswer = z.strictObject({
  decision: z.enum(["allow", "block", "unknown"]),
  mode: z.enum(["enforce", "dry-run"]).describe("dry-run: told, and nothing is held up"),
  proceed: z.boolean().describe("whether the deployment may go on, by the environment's rule"),
  service: z.string().describe("its name now"),
  environment: z.string(),
  change: z.enum(GATE_CHANGES),
  sha: z.string().nullable(),
  policyState: z.string().describe("the strictest of the service's enforced SLOs"),
  policyVersion: z.number().nullable().describe("of that SLO's definition"),
  asOf: time,
  watermark: time.nullable().describe("the oldest of the SLOs'"),
  coverage: ratio.nullable().describe("the lowest of the SLOs'"),
  summary: z.string().describe("for people"),
  reasons: z.array(
    z.strictObject({
      slo: z.string(),
      clause: z.string(),
      policyState: z.string(),
      consumed: ratio.nullable().describe("share of the budget; null = not known"),
      link: z.string(),
    }),
  ),
  exception: z
    .strictObject({ id: z.number(), expiresAt: time, approvedBy: z.string(), link: z.string() })
    .nullable()
    .describe("what let it through a block"),
  liftsAt: time.nullable().describe("when the last block ends if nothing fails; null = not known"),
}) satisfies z.ZodType<GateDecision>;
