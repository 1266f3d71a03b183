import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { IncidentRow } from "#db/writes/incidents.ts";

/** What a source tells, too: once a person has set it, it is the person's. */
export const TOLD_FIELDS = [
  "service",
  "title",
  "url",
  "severity",
  "startedAt",
  "detectedAt",
  "mitigatedAt",
  "resolvedAt",
  "incidentClass",
] as const satisfies readonly (keyof IncidentRow)[];

const OWN_FIELDS = [
  "runbookUrl",
  "postmortemUrl",
  "review",
] as const satisfies readonly (keyof IncidentRow)[];

const FIELDS = [...TOLD_FIELDS, ...OWN_FIELDS];

export type ToldField = (typeof TOLD_FIELDS)[number];

/** What a person may set of an incident. */
export type IncidentFields = Pick<IncidentRow, ToldField | (typeof OWN_FIELDS)[number]>;

const toldShape = z
  .object({
    service: z.string(),
    title: z.string(),
    url: z.string().nullable(),
    severity: z.enum(["SEV1", "SEV2", "SEV3"]),
    startedAt: z.number(),
    detectedAt: z.number().nullable(),
    mitigatedAt: z.number().nullable(),
    resolvedAt: z.number().nullable(),
    incidentClass: z.string().nullable(),
  } satisfies Record<ToldField, z.ZodType>)
  .partial();

/** What the source said last, as far as that was kept. */
export function lastTold({ told }: Pick<IncidentRow, "told">): z.output<typeof toldShape> {
  return toldShape.safeParse(told).data ?? {};
}

/** Those of the fields that would be another than they are. */
export function changedFields(
  row: IncidentFields,
  fields: Partial<IncidentFields>,
): Partial<IncidentFields> {
  const changed = FIELDS.filter(
    (key) => fields[key] !== undefined && !isDeepStrictEqual(fields[key], row[key]),
  );
  return Object.fromEntries(changed.map((key) => [key, fields[key]]));
}

/** The same fields as they were before. */
export function sameOf(row: IncidentFields, changed: Partial<IncidentFields>) {
  const keys = FIELDS.filter((key) => key in changed);
  return Object.fromEntries(keys.map((key) => [key, row[key]]));
}

/** As the audit log shows it: moments in ISO 8601, each part of the review under its own name. */
export function loggable({ review, ...fields }: Partial<IncidentFields>): Record<string, unknown> {
  const plain = Object.entries(fields).map(([key, value]) => [
    key,
    typeof value === "number" ? new Date(value).toISOString() : value,
  ]);
  const parts = Object.entries(review ?? {}).map(([key, value]) => [`review.${key}`, value]);
  return Object.fromEntries([...plain, ...parts]);
}
