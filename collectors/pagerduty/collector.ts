import type { DeliveryBatch, DeliveryCollector } from "#collectors/delivery.ts";
import {
  type PagerdutyClient,
  type PagerdutySource,
  pagerdutyClient,
  type Query,
} from "#collectors/pagerduty/client.ts";
import { type PagerdutyCursor, readCursor } from "#collectors/pagerduty/cursor.ts";
import { incidentOf, isOpen } from "#collectors/pagerduty/map.ts";
import {
  type IncidentNode,
  type LogEntry,
  listShape,
  logShape,
  oneShape,
} from "#collectors/pagerduty/schema.ts";
import type { Incident } from "#lib/dora/facts.ts";
import { DAY } from "#lib/time/duration.ts";

export interface PagerdutyWork {
  /** PagerDuty's service id → our service. */
  readonly services: Readonly<Record<string, string>>;
  /** Epoch ms. */
  readonly now: number;
  readonly historyMs: number;
}

/** What one list may span at most: PagerDuty takes six months and 10,000 rows. */
const SPAN_MS = 30 * DAY;
/** So long after it was created, an incident may still change without being open. */
const YOUNG_MS = 7 * DAY;
const PAGE = 100;

/** Collects incidents from PagerDuty: the latest first, then those still open, then backwards. */
export function pagerdutyCollector(source: PagerdutySource): DeliveryCollector<PagerdutyWork> {
  return {
    id: "pagerduty",
    async *collect(work, saved, signal) {
      if (Object.keys(work.services).length === 0) return;
      const cursor = readCursor(saved, work.services);
      const run: Run = { client: pagerdutyClient(source, signal), work, cursor };
      yield* newest(run);
      yield* stillOpen(run);
      yield* backwards(run);
    },
  };
}

interface Run {
  readonly client: PagerdutyClient;
  readonly work: PagerdutyWork;
  readonly cursor: PagerdutyCursor;
}

async function* newest(run: Run): AsyncIterable<DeliveryBatch> {
  const { cursor, work } = run;
  const { now } = work;
  let from = cursor.newestAt === null ? now - SPAN_MS : cursor.newestAt - YOUNG_MS;
  cursor.collectedFrom ??= from;
  while (from < now) {
    const to = Math.min(now, from + SPAN_MS);
    const found = await listed(run, from, to);
    cursor.newestAt = to;
    forgetOld(run);
    yield batchOf(run, found);
    from = to;
  }
}

/** Those that are too old to be in the lists. */
async function* stillOpen(run: Run): AsyncIterable<DeliveryBatch> {
  const { client, cursor, work } = run;
  const old = Object.entries(cursor.seen).filter(([, { at }]) => at < work.now - YOUNG_MS);
  const found: Incident[] = [];
  for (const [id] of old) {
    const answer = await client.get(`/incidents/${encodeURIComponent(id)}`, [], oneShape);
    if (answer) found.push(...(await changed(run, answer.incident)));
    else delete cursor.seen[id];
  }
  forgetOld(run);
  if (found.length > 0) yield batchOf(run, found);
}

async function* backwards(run: Run): AsyncIterable<DeliveryBatch> {
  const { cursor, work } = run;
  const floor = work.now - work.historyMs;
  for (let to = cursor.collectedFrom ?? work.now; to > floor; ) {
    const from = Math.max(floor, to - SPAN_MS);
    const found = await listed(run, from, to);
    cursor.collectedFrom = from;
    forgetOld(run);
    yield batchOf(run, found);
    to = from;
  }
}

/** What was created in `[from, to)` and looks other than before. */
async function listed(run: Run, from: number, to: number): Promise<Incident[]> {
  const found: Incident[] = [];
  const services = Object.keys(run.work.services).map((id) => ["service_ids[]", id] as const);
  for (let offset = 0; ; offset += PAGE) {
    const query: Query = [
      ["since", new Date(from).toISOString()],
      ["until", new Date(to).toISOString()],
      ["sort_by", "created_at:asc"],
      ...pageAt(offset),
      ...services,
    ];
    const page = await run.client.get("/incidents", query, listShape);
    for (const node of page?.incidents ?? []) found.push(...(await changed(run, node)));
    if (!page?.more) return found;
  }
}

async function changed({ client, cursor, work }: Run, node: IncidentNode): Promise<Incident[]> {
  const service = work.services[node.service.id];
  const look = JSON.stringify(node);
  if (service === undefined || cursor.seen[node.id]?.look === `${service} ${look}`) return [];
  const log = isOpen(node) ? [] : await logOf(client, node.id);
  cursor.seen[node.id] = { look: `${service} ${look}`, open: isOpen(node), at: node.created_at };
  return [incidentOf(service, node, log)];
}

async function logOf(client: PagerdutyClient, id: string): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const path = `/incidents/${encodeURIComponent(id)}/log_entries`;
    const page = await client.get(path, [["is_overview", "true"], ...pageAt(offset)], logShape);
    entries.push(...(page?.log_entries ?? []));
    if (!page?.more) return entries;
  }
}

function pageAt(offset: number): Query {
  return [
    ["limit", String(PAGE)],
    ["offset", String(offset)],
  ];
}

/** What is over and old is in no list any more. */
function forgetOld({ cursor, work }: Run): void {
  for (const [id, { open, at }] of Object.entries(cursor.seen)) {
    if (!open && at < work.now - YOUNG_MS) delete cursor.seen[id];
  }
}

function batchOf({ cursor }: Run, incidents: readonly Incident[]): DeliveryBatch {
  const none = {
    withdrawn: [],
    deployments: [],
    changes: [],
    shipped: [],
    repositories: [],
    failures: [],
  };
  const points = { used: 0, remaining: null, limit: null, resetAt: null };
  return { ...none, incidents, cursor: structuredClone(cursor), points };
}
