import type { Interval, Life, TruthCase } from "#bench/truth/cases.ts";
import { SCRAPE_MS } from "#bench/truth/cases.ts";
import { seededRandom } from "#bench/truth/random.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** What happened in one minute; `at` is its exclusive end. */
export interface TrueMinute {
  readonly at: number;
  readonly total: number;
  readonly bad: number;
}

/** What one scrape of one process saw; a series that has counted nothing yet is not there. */
export interface Scrape {
  readonly at: number;
  readonly pod: string;
  readonly ok: number | null;
  readonly bad: number | null;
}

export interface Simulated {
  readonly truth: readonly TrueMinute[];
  /** Ascending by time. */
  readonly scrapes: readonly Scrape[];
}

interface Process {
  readonly life: Life;
  readonly phaseMs: number;
  readonly resets: ReadonlySet<number>;
  ok: number | null;
  bad: number | null;
}

const SECOND = 1000;

/** Plays a case second by second: requests go to the pods that serve, scrapes see the counters. */
export function simulate(of: TruthCase, span: Interval): Simulated {
  const random = seededRandom(of.seed);
  const processes = of.lives.map((life, i) => startProcess(life, i));
  const minutes = new Map<number, { total: number; bad: number }>();
  const scrapes: Scrape[] = [];
  for (let now = span.from; now < span.to; now += SECOND) {
    const alive = processes.filter(({ life }) => life.from <= now && now < life.to);
    for (const process of alive) scrapeAndRestart(process, now, of, scrapes);
    const at = (Math.floor(now / MINUTE) + 1) * MINUTE;
    const minute = minutes.get(at) ?? { total: 0, bad: 0 };
    serve(of, now, alive, random, minute);
    minutes.set(at, minute);
  }
  return { scrapes, truth: [...minutes].map(([at, counts]) => ({ at, ...counts })) };
}

function startProcess(life: Life, index: number): Process {
  const phaseMs = ((index * 7) % (SCRAPE_MS / SECOND)) * SECOND;
  const resets = new Set(life.resets.map((at) => Math.floor(at / SECOND) * SECOND));
  return { life, phaseMs, resets, ok: null, bad: null };
}

function scrapeAndRestart(process: Process, now: number, of: TruthCase, scrapes: Scrape[]): void {
  const { life, phaseMs } = process;
  const due = (now - phaseMs) % SCRAPE_MS === 0;
  if (due && !within(now, of.gaps) && !within(now, life.unscraped)) {
    scrapes.push({ at: now, pod: life.pod, ok: process.ok, bad: process.bad });
  }
  if (process.resets.has(now)) Object.assign(process, { ok: null, bad: null });
}

function within(now: number, intervals: readonly Interval[]): boolean {
  return intervals.some(({ from, to }) => from <= now && now < to);
}

function serve(
  of: TruthCase,
  now: number,
  alive: readonly Process[],
  random: () => number,
  minute: { total: number; bad: number },
): void {
  const serving = alive.filter(({ life }) => now < life.drainsAt);
  if (serving.length === 0) return;
  const share = of.incidents.find((i) => within(now, [i]))?.share ?? of.errorShare;
  const requests = Math.floor(of.requestsPerSecond + random());
  for (let i = 0; i < requests; i += 1) {
    const process = serving[Math.floor(random() * serving.length)];
    const series = random() < share ? "bad" : "ok";
    if (process) process[series] = (process[series] ?? 0) + 1;
    minute.total += 1;
    if (series === "bad") minute.bad += 1;
  }
}
