import { z } from "zod";
import { SLO_STATES } from "#lib/slo/status.ts";

const ratio = z.number().describe("a ratio, not a percent");
const time = z.iso.datetime().describe("ISO 8601, UTC");
const days = z.number().describe("days");

const side = z.strictObject({
  objective: ratio,
  window: z.string().describe('"28d", "month"'),
  thresholds: z.array(
    z.strictObject({ at: ratio, name: z.string(), gate: z.enum(["allow", "block"]) }),
  ),
  neededDays: days.describe("the window, or what has passed of a calendar one"),
  historyDays: days.describe("how much of that is known"),
  isEnough: z
    .boolean()
    .describe("false: too little is known for the numbers to speak of a whole window"),
  state: z.enum(SLO_STATES),
  reason: z.string(),
  sli: ratio.nullable(),
  consumed: ratio.nullable(),
  remaining: ratio.nullable().describe("signed: -1.59 is 159 % overspent"),
  budgetTotal: z.number().nullable().describe("what may fail in a window, in `unit`"),
  bad: z.number().describe("what has failed in the window, in `unit`"),
  policyState: z.string(),
  held: z.boolean(),
  blocks: z.boolean().describe("changes may not ship now"),
  exhaustsAt: time.nullable(),
  recoversAt: time.nullable(),
  liftsAt: time.nullable(),
  alerts: z
    .array(
      z.strictObject({
        tier: z.string(),
        severity: z.enum(["page", "ticket"]),
        off: z.boolean().describe("its severity is switched off by the document"),
        reachable: z.boolean().describe("false: even a full outage cannot make it fire"),
        count: z.number(),
        firings: z
          .array(z.strictObject({ startedAt: time, endedAt: time.nullable() }))
          .describe("newest first, at most 100"),
      }),
    )
    .describe("by tier, worst first"),
  states: z
    .array(
      z.strictObject({
        state: z.string(),
        blocks: z.boolean(),
        days,
        heldDays: days.describe("the part of it without numbers to trust"),
      }),
    )
    .describe("the time in each policy state"),
  blockedDays: days,
  blockedDeployments: z.number(),
  deployments: z
    .array(z.strictObject({ id: z.string(), title: z.string(), at: time }))
    .describe("production deployments that began during a block, newest first, at most 100"),
});

export const whatIf = z.strictObject({
  service: z.string(),
  slo: z.string(),
  unit: z.enum(["events", "minutes"]),
  from: time.describe("the history that was gone through begins here"),
  asOf: time.describe("and ends here, with the newest evaluation"),
  present: side,
  asked: side.describe("the same as `present` when nothing is asked for"),
  series: z
    .array(z.strictObject({ at: time, present: ratio.nullable(), asked: ratio.nullable() }))
    .describe("share of the budget consumed up to each time"),
  suggestion: z.strictObject({
    objective: ratio.nullable().describe("null: none can be suggested"),
    reason: z.string(),
    windows: z.number().describe("known past windows that were looked at"),
  }),
});
