import { z } from "zod";
import { iso, isoOrNull } from "#app/api/v1/list.ts";
import type { IncidentRow } from "#db/writes/incidents.ts";

const time = z.iso.datetime().describe("ISO 8601, UTC");

export const incident = z.strictObject({
  id: z.string(),
  service: z.string(),
  title: z.string(),
  severity: z.enum(["SEV1", "SEV2", "SEV3"]),
  startedAt: time,
  detectedAt: time.nullable(),
  mitigatedAt: time.nullable(),
  resolvedAt: time.nullable().describe("null while it is open"),
  origin: z.enum(["github", "pagerduty", "api", "hand", "alert"]),
  url: z.string().nullable(),
  class: z.string().nullable().describe("what kind of trouble it was"),
});

export const incidentPage = z.strictObject({
  incidents: z.array(incident),
  next: z.string().nullable().describe("cursor of the following page; null on the last"),
});

export function incidentAnswer(row: IncidentRow): z.infer<typeof incident> {
  const { id, service, title, severity, origin, url } = row;
  return {
    ...{ id, service, title, severity, origin, url, class: row.incidentClass },
    startedAt: iso(row.startedAt),
    detectedAt: isoOrNull(row.detectedAt),
    mitigatedAt: isoOrNull(row.mitigatedAt),
    resolvedAt: isoOrNull(row.resolvedAt),
  };
}
