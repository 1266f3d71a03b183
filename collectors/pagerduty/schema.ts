import { z } from "zod";

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** What is read of PagerDuty's REST API v2; the rest is left alone. */
export const incidentShape = z.object({
  id: z.string(),
  title: z.string(),
  html_url: z.string(),
  created_at: time,
  status: z.string(),
  urgency: z.string().nullish(),
  last_status_change_at: time.nullish(),
  service: z.object({ id: z.string() }),
  priority: z.object({ summary: z.string().nullish() }).nullish(),
});

export const listShape = z.object({ incidents: z.array(incidentShape), more: z.boolean() });
export const oneShape = z.object({ incident: incidentShape });

export const logShape = z.object({
  log_entries: z.array(z.object({ type: z.string(), created_at: time })),
  more: z.boolean(),
});

export type IncidentNode = z.output<typeof incidentShape>;
export type LogEntry = z.output<typeof logShape>["log_entries"][number];
