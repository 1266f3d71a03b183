import { z } from "zod";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { accept, payloadOf } from "#app/api/webhooks/delivery.ts";
import { signedBody } from "#app/api/webhooks/signed.ts";
import { pagerdutyDigests } from "#auth/webhooks/signature.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const SIGNING = {
  source: "pagerduty",
  name: "PagerDuty",
  header: "X-PagerDuty-Signature",
  digestsOf: pagerdutyDigests,
} as const;

/**
 * PagerDuty tries again for days. Deliveries are remembered for longer than this, so one that is sent
 * again is either known or too old.
 */
const OLDEST_MS = 7 * DAY;
/** How far its clock may be ahead of ours. */
const AHEAD_MS = 5 * MINUTE;

const shape = z.looseObject({
  event: z.looseObject({
    id: z.string().regex(/^[\w-]{1,100}$/, "must be letters, digits and dashes"),
    event_type: z.string().regex(/^[a-z_.]{1,64}$/, "must be lower-case words with dots"),
    occurred_at: z.iso.datetime({ offset: true }),
  }),
});

/** An event of PagerDuty (webhooks version 3). */
export const POST = guarded("POST /api/webhooks/pagerduty", async ({ request, by }) => {
  const body = await signedBody(request, SIGNING, by.at);
  const { text, said } = payloadOf(body, shape);
  const { id, event_type: event, occurred_at: occurredAt } = said.event;
  requireRecent(Date.parse(occurredAt), by.at);
  return accept({ source: "pagerduty", deliveryId: id, event, body: text, receivedAt: by.at });
});

function requireRecent(occurredAt: number, now: number): void {
  if (occurredAt >= now - OLDEST_MS && occurredAt <= now + AHEAD_MS) return;
  throw new RequestError(
    400,
    "bad-time",
    "event.occurred_at is more than 7 days ago or 5 minutes ahead; check the clocks of this machine and the sender.",
  );
}
