import { z } from "zod";
import { iso, isoOrNull } from "#app/api/v1/list.ts";
import type { ExclusionRecord, ExclusionWithSpans } from "#db/reads/exclusions.ts";
import { whyCounted } from "#lib/exclusions/timeliness.ts";

const time = z.iso.datetime().describe("ISO 8601, UTC");

const fields = {
  id: z.int(),
  callerId: z.string().nullable().describe("the id that it was told with"),
  kind: z.enum(["maintenance", "experiment"]),
  service: z.string(),
  slo: z.string().nullable().describe("null: every SLO of the service"),
  title: z.string(),
  reason: z.string(),
  startsAt: time,
  endsAt: time.nullable().describe("of the first time; null while it runs"),
  rrule: z.string().nullable(),
  zone: z.string(),
  excluded: z.boolean().describe("whether its events are left out of the budget"),
  byPolicy: z
    .enum(["left-out", "counted"])
    .nullable()
    .describe(
      "of an experiment: what SLOs do with it whose policy leaves experiments out; null: no policy does, or excluded says it",
    ),
  countedBecause: z.string().nullable().describe("why it is counted all the same"),
  document: z.string().nullable().describe("the SLO document that says it; changed there alone"),
  url: z.string().nullable(),
  createdBy: z.string(),
  createdAt: time,
  updatedAt: time,
  cancelledAt: time.nullable(),
};

export const exclusion = z.strictObject(fields);

const span = z.strictObject({ from: time, to: time.nullable() });

export const exclusionList = z.strictObject({
  exclusions: z.array(
    z.strictObject({
      ...fields,
      spans: z
        .array(span)
        .describe("when it counts apart, in the range asked for; to is null while it runs"),
    }),
  ),
});

export function exclusionAnswer(row: ExclusionRecord): z.infer<typeof exclusion> {
  const { id, kind, service, slo, title, reason, rrule, zone, excluded, url, createdBy } = row;
  return {
    ...{ id, kind, service, slo, title, reason, rrule, zone, excluded, url, createdBy },
    callerId: row.externalId,
    byPolicy: byPolicy(row),
    countedBecause: whyCounted(row.timeliness),
    document: row.documentPath,
    startsAt: iso(row.startsAt),
    endsAt: isoOrNull(row.endsAt),
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    cancelledAt: isoOrNull(row.cancelledAt),
  };
}

function byPolicy({ timeliness }: ExclusionRecord): "left-out" | "counted" | null {
  if (timeliness === null) return null;
  return timeliness === "in-time" ? "left-out" : "counted";
}

export function listedAnswer(
  row: ExclusionWithSpans,
): z.infer<typeof exclusionList>["exclusions"][number] {
  const spans = row.spans.map(({ from, to }) => ({ from: iso(from), to: isoOrNull(to) }));
  return { ...exclusionAnswer(row), spans };
}
