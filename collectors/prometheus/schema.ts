import { z } from "zod";

/** What we rely on of the HTTP API's answers; everything else in them is ignored. */

/**
 * A range query's answer, raw: the driver's own reading makes NaN of +Inf, and only one of the two is
 * "no traffic". Times are seconds, values text.
 */
export const matrixSchema = z.object({
  data: z.object({
    resultType: z.literal("matrix"),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});

/** Prometheus writes infinities as +Inf and -Inf. */
export function readValue(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}

/** `/api/v1/status/buildinfo`: VictoriaMetrics answers `{}` or a version alone. */
export const buildInfoSchema = z.object({
  application: z.string().optional(),
  version: z.string().optional(),
  revision: z.string().optional(),
});

/** `/api/v1/targets`, raw: the driver drops the interval. */
export const targetsSchema = z.object({
  data: z.object({
    activeTargets: z.array(z.object({ scrapeInterval: z.string().optional() })).nullish(),
  }),
});

/** Warnings stand beside the data, e.g. of Thanos when a store did not answer. */
export const warningsSchema = z.object({ warnings: z.array(z.string()).nullish() });

/** What an error answer says; `errorType` is `bad_data`, `execution`, `timeout` and so on. */
export const errorSchema = z.object({ error: z.string(), errorType: z.string().optional() });
