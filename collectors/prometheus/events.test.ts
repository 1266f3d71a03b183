import { describe, expect, test } from "vitest";
import type { SuspectBucket } from "#collectors/collector.ts";
import { collectEvents } from "#collectors/prometheus/events.ts";
import { fakeClient, type Reply } from "#collectors/prometheus/fake.ts";
import type { Span } from "#collectors/prometheus/work.ts";
import type { Bucket } from "#lib/slo/totals.ts";
import { MINUTE } from "#lib/time/duration.ts";

const sli = {
  kind: "events",
  counts: "bad",
  numerator: "sum(rate(bad[5m]))",
  total: "sum(rate(all[5m]))",
} as const;

const gauge = {
  kind: "events",
  counts: "good",
  numerator: "sum(sum_over_time(up[5m]))",
  total: "sum(count_over_time(up[5m]))",
} as const;

interface Asked {
  readonly sli?: typeof sli | typeof gauge;
  readonly scrapeIntervalMs?: number;
  readonly span?: Partial<Span>;
  readonly trailingMax?: number | null;
  readonly settledAt?: number;
}

async function collect(reply: Reply, asked: Asked = {}) {
  const { span, trailingMax = null, settledAt, scrapeIntervalMs = 30_000 } = asked;
  const client = fakeClient(reply);
  const asking = {
    client,
    probe: { counting: "exact" as const, scrapeIntervalMs },
    span: {
      purpose: "tick" as const,
      from: 100 * MINUTE,
      to: 110 * MINUTE,
      stepMs: MINUTE,
      ...span,
    },
    settledAt: settledAt ?? 1000 * MINUTE,
    signal: new AbortController().signal,
  };
  const [found] = await collectEvents(asking, [{ key: "a", sli: asked.sli ?? sli, trailingMax }]);
  const buckets: Bucket[] = found && "buckets" in found ? found.buckets : [];
  const suspects: SuspectBucket[] = found && "suspects" in found ? found.suspects : [];
  return { client, found, buckets, suspects };
}

/** Totals of 60 a minute, errors of 6, but for what `total` changes. */
const steady =
  (total: (minute: number) => number | null = () => 60): Reply =>
  (query, at) => {
    const all = total(at / MINUTE);
    return all === null || !query.includes("bad[") ? all : all / 10;
  };

const minutes = (buckets: readonly Bucket[]) => buckets.map((b) => b.at / MINUTE);

describe("collectEvents", () => {
  test("a live span asks for its own minutes and nothing else", async () => {
    const { client, buckets } = await collect(steady());
    expect(minutes(buckets)).toEqual([101, 102, 103, 104, 105, 106, 107, 108, 109, 110]);
    expect(buckets[0]).toEqual({ at: 101 * MINUTE, good: 54, total: 60, covered: 1 });
    expect(client.asked.map(({ range }) => range.from)).toEqual([101 * MINUTE]);
  });

  test("a source that answers nothing has no buckets", async () => {
    expect((await collect(() => null)).buckets).toEqual([]);
  });

  test("a gap inside the span is bridged", async () => {
    const { buckets } = await collect(
      steady((m) => (m === 104 || m === 105 ? null : m === 106 ? 180 : 60)),
    );
    expect(buckets.length).toBe(10);
    expect(buckets.filter((b) => b.bridged).map((b) => b.at / MINUTE)).toEqual([104, 105]);
    expect(buckets.every((b) => b.total === 60)).toBe(true);
  });

  test("a gap that began before the span is found, and only the span's part of it is told", async () => {
    const reply = steady((m) => (m > 90 && m < 103 ? null : m === 103 ? 780 : 60));
    const { buckets } = await collect(reply, { span: { purpose: "reread" } });
    expect(minutes(buckets)).toEqual([101, 102, 103, 104, 105, 106, 107, 108, 109, 110]);
    expect(buckets.every((b) => b.total === 60)).toBe(true);
  });

  test("a gap that goes on after an old span is bridged from its other side", async () => {
    const reply = steady((m) => (m > 107 && m < 118 ? null : m === 118 ? 660 : 60));
    const { buckets } = await collect(reply, { span: { purpose: "backfill" } });
    expect(buckets.slice(-3).map((b) => [b.at / MINUTE, b.total, b.bridged])).toEqual([
      [108, 60, true],
      [109, 60, true],
      [110, 60, true],
    ]);
  });

  test("never looks beyond what is settled", async () => {
    const reply = steady((m) => (m > 107 ? null : 60));
    const settledAt = 112 * MINUTE;
    const { client } = await collect(reply, { span: { purpose: "backfill" }, settledAt });
    expect(Math.max(...client.asked.map(({ range }) => range.to))).toBe(settledAt);
  });

  test("a gap of more than 30 minutes stays open", async () => {
    const reply = steady((m) => (m > 60 && m < 103 ? null : 60));
    const { buckets } = await collect(reply, { span: { purpose: "reread" } });
    expect(minutes(buckets)[0]).toBe(103);
    expect(buckets.some((b) => b.bridged)).toBe(false);
  });

  test("a query that cannot be counted is a failure in words", async () => {
    const asking = {
      client: fakeClient(() => 1),
      probe: { counting: "exact" as const, scrapeIntervalMs: 30_000 },
      span: { purpose: "tick" as const, from: 0, to: MINUTE, stepMs: MINUTE },
      settledAt: MINUTE,
      signal: new AbortController().signal,
    };
    const found = await collectEvents(asking, [
      { key: "a", sli: { ...sli, numerator: "sum(up)" }, trailingMax: null },
    ]);
    expect(found).toEqual([
      { sliKey: "a", message: expect.stringMatching(/^bad: there is no rate/) },
    ]);
  });
});

describe("suspect buckets", () => {
  const lifetime = (plain: number): Reply => {
    const counted = steady((m) => (m === 105 ? 1_000_000 : 60));
    return (query, at) =>
      query.startsWith("sum(sum((increase") && at === 105 * MINUTE
        ? query.includes("bad[")
          ? plain / 10
          : plain
        : counted(query, at);
  };

  test("a lifetime's count is replaced by plain growth, and listed", async () => {
    const { buckets, suspects } = await collect(lifetime(61), { trailingMax: 70 });
    expect(suspects).toEqual([
      { at: 105 * MINUTE, counted: 1_000_000, plain: 61, trailingMax: 70, kept: "plain" },
    ]);
    expect(buckets.find((b) => b.at === 105 * MINUTE)?.total).toBe(61);
  });

  test("a real peak is kept, and listed", async () => {
    const { buckets, suspects } = await collect(lifetime(980_000), { trailingMax: 70 });
    expect(suspects[0]?.kept).toBe("counted");
    expect(buckets.find((b) => b.at === 105 * MINUTE)?.total).toBe(1_000_000);
  });

  test("what follows a real peak is not suspect again", async () => {
    const peak = steady((m) => (m >= 105 ? 5000 : 60));
    const { suspects } = await collect(peak, { trailingMax: 70 });
    expect(suspects.length).toBe(1);
  });

  test("small numbers may jump", async () => {
    const { suspects } = await collect(
      steady((m) => (m === 105 ? 150 : 0)),
      { trailingMax: 1 },
    );
    expect(suspects).toEqual([]);
  });

  test("growth found after a gap is measured against the minutes it holds", async () => {
    const reply = steady((m) => (m > 102 && m < 108 ? null : m === 108 ? 6000 : 60));
    expect((await collect(reply, { trailingMax: 60 })).suspects).toEqual([]);
  });

  test("with nothing known, a quiet start teaches what is normal", async () => {
    const span = { from: 100 * MINUTE, to: 130 * MINUTE };
    const reply = steady((m) => (m === 120 ? 1_000_000 : 60));
    expect((await collect(reply, { span })).suspects.map((s) => s.at / MINUTE)).toEqual([120]);
    const early = steady((m) => (m === 103 ? 1_000_000 : 60));
    expect((await collect(early, { span })).suspects).toEqual([]);
  });
});

describe("samples of a 0/1 gauge", () => {
  test("are events; what a gap hid is not found again, so its minutes have no data", async () => {
    const down = (minute: number) => minute === 103;
    const { buckets, client } = await collect(
      (query, at) => {
        const minute = at / MINUTE;
        if (minute > 104 && minute < 109) return null;
        return query.includes("sum_over_time") && down(minute) ? 1 : 2;
      },
      { sli: gauge },
    );
    expect(minutes(buckets)).toEqual([101, 102, 103, 104, 109, 110]);
    expect(buckets[2]).toEqual({ at: 103 * MINUTE, good: 1, total: 2, covered: 1 });
    expect(buckets.some(({ bridged }) => bridged)).toBe(false);
    expect(client.asked).toHaveLength(1);
  });

  test("of a scrape every two minutes leave no minute uncovered", async () => {
    const { buckets } = await collect(
      (query, at) => {
        if (query.includes("last_over_time")) return 1;
        return (at / MINUTE) % 2 === 0 ? 1 : null;
      },
      { sli: gauge, scrapeIntervalMs: 2 * MINUTE },
    );
    expect(buckets.map(({ total }) => total)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    expect(buckets.every(({ covered }) => covered === 1)).toBe(true);
  });
});
