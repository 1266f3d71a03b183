import { z } from "zod";

const STATES = ["pending", "delivered", "dead", "dropped"] as const;

/** Which deliveries a page of the log shows; what cannot be read is as if it were not asked. */
const shape = z.object({
  state: z.enum(STATES).nullable().catch(null),
  receiver: z.uuid().nullable().catch(null),
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullable().catch(null),
});

export type DeliveriesAsk = z.output<typeof shape>;

/** Reads the query of `/settings/notifications/deliveries`. */
export function deliveriesAsk(query: Readonly<Record<string, unknown>>): DeliveriesAsk {
  const { state = null, receiver = null, before = null } = query;
  return shape.parse({ state, receiver, before });
}

/** The address of the page that shows these. */
export function deliveriesPath(ask: Partial<DeliveriesAsk>): string {
  const said = Object.entries(ask).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, String(value)]],
  );
  const query = new URLSearchParams(said).toString();
  return `/settings/notifications/deliveries${query === "" ? "" : `?${query}`}`;
}
