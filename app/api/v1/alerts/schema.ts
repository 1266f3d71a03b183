import { z } from "zod";
import { iso, isoOrNull } from "#app/api/v1/list.ts";
import type { ListedAlert } from "#db/reads/outsideAlerts.ts";

const time = z.iso.datetime().describe("ISO 8601, UTC");
const texts = z.record(z.string(), z.string());

const alert = z.strictObject({
  id: z.number().int(),
  source: z.enum(["alertmanager"]),
  fingerprint: z.string(),
  name: z.string(),
  severity: z.string().nullable(),
  startsAt: time,
  endsAt: time.nullable().describe("null while it fires"),
  service: z.string().nullable().describe("null where its labels name nothing that is known here"),
  slo: z.string().nullable(),
  tier: z.string().nullable().describe("the burn-rate tier that it is, where its labels say"),
  tiedBy: z
    .enum(["slo", "sloth", "pyrra", "service", "job"])
    .nullable()
    .describe("the kind of label that ties it"),
  incident: z.string().nullable().describe("the incident that it opened by rule"),
  labels: texts,
  annotations: texts,
  toldAt: time.describe("when it was told of last"),
});

export const alertPage = z.strictObject({
  alerts: z.array(alert),
  next: z.string().nullable().describe("cursor of the following page; null on the last"),
});

export function alertAnswer(row: ListedAlert): z.infer<typeof alert> {
  const { id, source, fingerprint, name, severity, service, slo, tier, tiedBy } = row;
  return {
    ...{ id, source, fingerprint, name, severity, service, slo, tier, tiedBy },
    startsAt: iso(row.startsAt),
    endsAt: isoOrNull(row.endsAt),
    incident: row.incidentId,
    labels: row.labels,
    annotations: row.annotations,
    toldAt: iso(row.updatedAt),
  };
}
