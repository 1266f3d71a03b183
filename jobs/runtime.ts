import { labelSetsOf } from "#collectors/prometheus/labelSets.ts";
import type { Config } from "#config/config.ts";
import { log } from "#config/log.ts";
import type { Store } from "#db/client.ts";
import { retieAlerts } from "#db/writes/alertTies.ts";
import { tellExpiring } from "#db/writes/exceptionNotices.ts";
import { registerSources } from "#db/writes/sources.ts";
import { followAlerts } from "#jobs/alerts/follow.ts";
import { type DeliveryUpstream, deliveryUpstreams } from "#jobs/delivery/upstreams.ts";
import { readInbox } from "#jobs/delivery/webhooks.ts";
import { forgetUnconfigured, repositoryDocuments } from "#jobs/documentRepositories.ts";
import { findInstances } from "#jobs/instances.ts";
import { maintain } from "#jobs/maintenance.ts";
import { Outbox } from "#jobs/notices/outbox.ts";
import { tellOfSources } from "#jobs/notices/sources.ts";
import { findOwed } from "#jobs/policy/owed.ts";
import { protectionOf } from "#jobs/policy/protection.ts";
import { startQueue } from "#jobs/queue.ts";
import { selfCheck } from "#jobs/selfcheck.ts";
import { addressOf, sourcesOf } from "#jobs/sources.ts";
import { DocumentWatch } from "#jobs/watch.ts";
import type { OpenSeal } from "#lib/notices/receiver.ts";
import { floorMinute, MINUTE } from "#lib/time/duration.ts";

export interface Runtime {
  stop(): Promise<void>;
}

const DOCUMENTS_EVERY_MS = 5_000;
/** A grouped SLO that is new is asked for at once; the others once a minute. */
const INSTANCES_EVERY_MS = 5_000;
const INBOX_EVERY_MS = 5_000;
/** A deployment waits for the answer. */
const PROTECT_EVERY_MS = 2_000;
/** Costs are looked at as often as deployments and incidents are fetched. */
const OWED_EVERY_MS = 5 * MINUTE;
const OUTBOX_EVERY_MS = 1_000;
const SELF_CHECK_EVERY_MS = MINUTE;
const MAINTAIN_EVERY_MS = 60 * 60_000;

/** Starts what runs beside the web: the documents' watch, a tick a minute per source, housekeeping. */
export async function startRuntime(of: {
  config: Config;
  store: Store;
  openSeal: OpenSeal;
  clock?: () => number;
}): Promise<Runtime> {
  const { config, store } = of;
  const clock = of.clock ?? Date.now;
  const sources = sourcesOf(config);
  const askers = new Map(config.prometheus.map((each) => [each.name, labelSetsOf(each)]));
  const deliveries = deliveryUpstreams(config.delivery);
  const watch = new DocumentWatch({ config, store, clock, known: new Set(sources.keys()) });
  const documents = repositoryDocuments(config.delivery);
  await forgetUnconfigured(store, documents);
  await registerSources(store.db, configured(config, deliveries), clock());
  if (await watch.refresh()) await retieAlerts(store.db);
  const inUse = () => watch.sources;
  const protection = protectionOf({ db: store.db, config, clock });
  const upstreams = { sources, deliveries, documents };
  const queue = await startQueue({ config, store, ...upstreams, clock, inUse, protection });
  const told = new Set(deliveries.keys());
  const inbox = { db: store.db, sources: told, clock, kick: queue.kickSource };
  const outbox = new Outbox({
    ...{ db: store.db, openSeal: of.openSeal, clock },
    ...{ policy: config.notify, publicUrl: config.publicUrl },
  });
  const timers = [
    every(INSTANCES_EVERY_MS, async () => {
      // Finding grouped SLOs reads every definition.
      if (watch.hasGroups) await findInstances({ db: store.db, askers, now: clock() });
    }),
    every(DOCUMENTS_EVERY_MS, async () => {
      if (!(await watch.refresh())) return;
      await queue.kick();
      await retieAlerts(store.db);
    }),
    every(INBOX_EVERY_MS, () => readInbox(inbox)),
    every(PROTECT_EVERY_MS, () => queue.protect()),
    every(MINUTE, () => tellExpiring(store.db, clock())),
    every(OWED_EVERY_MS, () => findOwed(store, clock())),
    every(INBOX_EVERY_MS, () => followAlerts({ db: store.db, clock, settings: config.alerts })),
    every(OUTBOX_EVERY_MS, () => outbox.look()),
    every(MINUTE, () => tellOfSources(store.db, clock())),
    every(SELF_CHECK_EVERY_MS, () => selfCheck(store.db, floorMinute(clock()))),
    every(MAINTAIN_EVERY_MS, () => maintain(store, clock())),
  ];
  log().info({ sources: [...sources.keys()], database: store.kind }, "collecting");
  return {
    async stop() {
      for (const stopTimer of timers) await stopTimer();
      await queue.stop();
      await outbox.stop();
    },
  };
}

function configured(config: Config, deliveries: ReadonlyMap<string, DeliveryUpstream>) {
  const counted = config.prometheus.map((settings) => ({
    name: settings.name,
    kind: "prometheus" as const,
    address: addressOf(settings),
  }));
  return [...counted, ...deliveries.values()];
}

/** Runs `work` again and again, never twice at once; a failure is logged and the next one still comes. */
function every(ms: number, work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = work()
      .catch((error) => log().error({ err: error }, "background work failed"))
      .finally(() => {
        busy = false;
      });
  }, ms);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
