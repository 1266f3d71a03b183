import { z } from "zod";
import { duration } from "#config/delivery.ts";
import type { IncidentRule } from "#lib/alerts/incident.ts";

/** The `alerts` part of `plimsoll.yaml`: what is made of alerts that others send. */
export const alertsShape = z.strictObject({
  /** Which of them open an incident; the first rule that speaks of one counts. */
  incidents: z
    .array(
      z
        .strictObject({
          severity: z.string().min(1),
          as: z.enum(["SEV1", "SEV2", "SEV3"]),
          /** So long it must have fired. */
          after: duration.optional(),
          labels: z.record(z.string(), z.string()).default({}),
        })
        .transform(({ after, ...rule }): IncidentRule => ({ ...rule, afterMs: after ?? 0 })),
    )
    .default([]),
});

export type AlertSettings = z.output<typeof alertsShape>;
