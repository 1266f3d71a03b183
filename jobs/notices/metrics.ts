import type { Db } from "#db/connection.ts";
import { countNoticeDeliveries } from "#db/reads/notices.ts";
import { writeGauges } from "#lib/format/gauges.ts";

/** What waits to be told and what was given up, as Prometheus reads it; the same whichever process is asked. */
export async function noticeMetrics(db: Db): Promise<string> {
  const { pending, dead } = await countNoticeDeliveries(db);
  return writeGauges([
    {
      name: "plimsoll_notices_pending",
      help: "Notices that wait to be sent",
      samples: [{ labels: {}, value: pending }],
    },
    {
      name: "plimsoll_notices_dead",
      help: "Notices that were given up and not sent again",
      samples: [{ labels: {}, value: dead }],
    },
  ]);
}
