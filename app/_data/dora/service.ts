import { linesOf, priced } from "#app/_data/deployments/lines.ts";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import type { DeploymentLine } from "#components/deployments/view.ts";
import type { WaitingChange } from "#components/dora/service-delivery.tsx";
import type { Db } from "#db/connection.ts";
import { waitingChanges } from "#lib/dora/waiting.ts";

export interface ServiceDeliveryView {
  /** Newest first. */
  readonly lines: readonly DeploymentLine[];
  readonly waiting: readonly WaitingChange[] | null;
  readonly waitingTotal: number;
}

const RECENT = 8;
const WAITING = 20;

/** What a service shipped last, and what waits to be shipped. */
export async function readServiceDelivery(db: Db, service: string): Promise<ServiceDeliveryView> {
  const known = await readDelivery(db);
  const { delivery, facts } = known;
  const recent = linesOf(known).filter((line) => line.service === service);
  const waiting = waitingChanges({
    changes: facts.changes,
    landings: delivery.landings.filter(({ deployment }) => deployment.service === service),
    deployments: delivery.verdicts.flatMap(({ deployment }) =>
      deployment.service === service ? [deployment] : [],
    ),
  });
  return {
    lines: await priced(db, known, recent.slice(0, RECENT)),
    waitingTotal: waiting?.length ?? 0,
    waiting:
      waiting?.slice(0, WAITING).map(({ id, number, title, url, author, mergedAt }) => ({
        ...{ id, number, title, url, author, mergedAt },
      })) ?? null,
  };
}
