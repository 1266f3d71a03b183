import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UpstreamError } from "#collectors/collector.ts";
import type { DeliveryBatch } from "#collectors/delivery.ts";
import { pagerdutyCollector } from "#collectors/pagerduty/collector.ts";
import { incidentOf } from "#collectors/pagerduty/map.ts";
import { incidentShape } from "#collectors/pagerduty/schema.ts";
import type { Incident } from "#lib/dora/facts.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 2, 1);
const iso = (at: number) => new Date(at).toISOString();

interface Entry {
  readonly type: string;
  readonly at: number;
}
interface Kept {
  readonly id: string;
  readonly createdAt: number;
  readonly service: string;
  status: string;
  readonly log: Entry[];
}

/** A stand-in for the little of PagerDuty's REST API that is read. */
let kept: Kept[];
let asked: URL[];
let fault: { status: number; headers?: Record<string, string>; body?: string } | null;
let server: Server;
let url: string;

beforeEach(async () => {
  [kept, asked, fault] = [[], [], null];
  server = createServer((request, response) => {
    const at = new URL(request.url ?? "/", url);
    asked.push(at);
    const isKnown = request.headers.authorization === "Token token=s3cret";
    const { status, headers = {}, body } = fault ?? (isKnown ? answer(at) : { status: 401 });
    response.writeHead(status, headers).end(body ?? "{}");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((done) => server.close(done)));

function answer({ pathname, searchParams }: URL): NonNullable<typeof fault> {
  const [, , id, log] = pathname.split("/");
  const one = kept.find((incident) => incident.id === id);
  if (id && !one) return { status: 404 };
  if (one && log) return json({ log_entries: one.log.map(entry), more: false });
  if (one) return json({ incident: shown(one) });
  const [since, until] = ["since", "until"].map((name) => Date.parse(searchParams.get(name) ?? ""));
  const services = searchParams.getAll("service_ids[]");
  const [limit, offset] = ["limit", "offset"].map((name) => Number(searchParams.get(name)));
  const rows = kept.filter(
    ({ createdAt, service }) =>
      createdAt >= (since ?? 0) && createdAt < (until ?? 0) && services.includes(service),
  );
  const page = rows.slice(offset, (offset ?? 0) + (limit ?? 0));
  const more = rows.length > (offset ?? 0) + page.length;
  return json({ incidents: page.map(shown), more });
}

const json = (body: object) => ({ status: 200, body: JSON.stringify(body) });
const entry = ({ type, at }: Entry) => ({ type: `${type}_log_entry`, created_at: iso(at) });
const shown = ({ id, createdAt, service, status, log }: Kept) => ({
  id,
  incident_number: 1,
  title: `Incident ${id}`,
  html_url: `https://acme.pagerduty.example/incidents/${id}`,
  created_at: iso(createdAt),
  status,
  urgency: "high",
  last_status_change_at: iso(log.at(-1)?.at ?? createdAt),
  service: { id: service, type: "service_reference" },
  priority: null,
});

/** An incident of so many days ago; `hours` later it was resolved, unless it is open. */
function happened(id: string, days: number, hours: number | null, service = "PSHOP"): Kept {
  const createdAt = NOW - days * DAY;
  const log: Entry[] = [{ type: "trigger", at: createdAt }];
  if (hours !== null) log.push({ type: "resolve", at: createdAt + hours * HOUR });
  const incident = {
    id,
    createdAt,
    service,
    status: hours === null ? "triggered" : "resolved",
    log,
  };
  kept.push(incident);
  return incident;
}

async function collect(cursor: unknown = null, now = NOW, more: Record<string, string> = {}) {
  const source = { name: "pagerduty", url, token: "s3cret", timeoutMs: 5_000 };
  const work = { services: { PSHOP: "checkout", ...more }, now, historyMs: 100 * DAY };
  const batches: DeliveryBatch[] = [];
  const signal = AbortSignal.timeout(20_000);
  for await (const batch of pagerdutyCollector(source).collect(work, cursor, signal)) {
    batches.push(batch);
  }
  const incidents = new Map<string, Incident>();
  for (const one of batches.flatMap((batch) => batch.incidents)) incidents.set(one.id, one);
  return { batches, incidents, cursor: batches.at(-1)?.cursor };
}

describe("incidents of PagerDuty", () => {
  test("come newest first and then backwards, of the services that are named", async () => {
    happened("A", 2, 1);
    happened("B", 50, 3);
    happened("C", 99, null);
    happened("D", 101, 1);
    happened("E", 2, 1, "POTHER");
    const { batches, incidents } = await collect();
    expect([...incidents.keys()]).toEqual(["pagerduty:A", "pagerduty:B", "pagerduty:C"]);
    expect(incidents.get("pagerduty:B")).toEqual({
      id: "pagerduty:B",
      service: "checkout",
      title: "Incident B",
      url: "https://acme.pagerduty.example/incidents/B",
      severity: "SEV2",
      startedAt: NOW - 50 * DAY,
      detectedAt: null,
      mitigatedAt: null,
      resolvedAt: NOW - 50 * DAY + 3 * HOUR,
      links: [],
    });
    expect(batches[0]?.incidents.map(({ id }) => id)).toEqual(["pagerduty:A"]);
  });

  test("of more than one page come whole", async () => {
    for (let n = 0; n < 250; n++) happened(`N${n}`, 1 + n / 100, null);
    expect((await collect()).incidents.size).toBe(250);
  });

  test("that did not change cost one request and bring nothing", async () => {
    for (let n = 0; n < 20; n++) happened(`N${n}`, 5, 1);
    const { cursor } = await collect();
    asked = [];
    expect((await collect(cursor, NOW + HOUR)).incidents.size).toBe(0);
    expect(asked).toHaveLength(1);
  });

  test("that are old and open are asked for until they are resolved, and then no more", async () => {
    const old = happened("OLD", 60, null);
    let { cursor, incidents } = await collect();
    expect(incidents.get("pagerduty:OLD")?.resolvedAt).toBeNull();
    old.status = "resolved";
    old.log.push({ type: "resolve", at: NOW });
    ({ cursor, incidents } = await collect(cursor, NOW + HOUR));
    expect(incidents.get("pagerduty:OLD")?.resolvedAt).toBe(NOW);
    asked = [];
    await collect(cursor, NOW + 2 * HOUR);
    expect(asked.map(({ pathname }) => pathname)).toEqual(["/incidents"]);
  });

  test("that are opened again are open, and end at their last resolution", async () => {
    const one = happened("A", 1, 1);
    const first = await collect();
    one.status = "acknowledged";
    one.log.push({ type: "reopen", at: NOW });
    const second = await collect(first.cursor, NOW + HOUR);
    expect(second.incidents.get("pagerduty:A")?.resolvedAt).toBeNull();
    one.status = "resolved";
    one.log.unshift({ type: "resolve", at: NOW + HOUR });
    const third = await collect(second.cursor, NOW + 2 * HOUR);
    expect(third.incidents.get("pagerduty:A")?.resolvedAt).toBe(NOW + HOUR);
  });

  test("of a service that is named later come with all their history", async () => {
    happened("A", 2, 1);
    happened("B", 50, 1, "POTHER");
    const { cursor } = await collect();
    const { incidents } = await collect(cursor, NOW + HOUR, { POTHER: "cart" });
    expect([...incidents.keys()]).toEqual(["pagerduty:B"]);
  });

  test("after a long silence are caught up in spans that PagerDuty takes", async () => {
    const { cursor } = await collect(null, NOW - 200 * DAY);
    happened("A", 150, 1);
    asked = [];
    expect((await collect(cursor)).incidents.has("pagerduty:A")).toBe(true);
    const spans = asked
      .filter(({ pathname }) => pathname === "/incidents")
      .map(
        ({ searchParams: s }) =>
          Date.parse(s.get("until") ?? "") - Date.parse(s.get("since") ?? ""),
      );
    expect(Math.max(...spans)).toBeLessThanOrEqual(30 * DAY);
  });
});

test.each([
  ["P1", "low", "SEV1"],
  ["SEV-2", "low", "SEV2"],
  ["P4", "high", "SEV3"],
  ["Trouble", "high", "SEV2"],
  [null, "low", "SEV3"],
])("priority %j and urgency %s make %s", (summary, urgency, severity) => {
  const one = shown({ id: "A", createdAt: NOW, service: "S", status: "triggered", log: [] });
  const node = incidentShape.parse({ ...one, urgency, priority: { summary } });
  expect(incidentOf("checkout", node, []).severity).toBe(severity);
});

test.each([
  [{ status: 401 }, "http", /credentials \(HTTP 401\)/, null],
  [{ status: 429, headers: { "ratelimit-reset": "7" } }, "http", /rate limit/, 7_000],
  [{ status: 503 }, "http", /HTTP 503/, null],
  [{ status: 302, headers: { location: "http://x/" } }, "http", /not followed/, null],
  [{ status: 200, body: "<html>" }, "parse", /not PagerDuty's JSON/, null],
])("%j is told in words, without the token", async (wrong, kind, words, retryAfterMs) => {
  fault = wrong;
  const error = await collect().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UpstreamError);
  expect(error).toMatchObject({ kind, retryAfterMs, message: expect.stringMatching(words) });
  expect(JSON.stringify(error)).not.toContain("s3cret");
});
