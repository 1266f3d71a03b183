import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { askedStepMs, judged } from "#collectors/prometheus/judged.ts";
import type { Config } from "#config/config.ts";
import type { Store } from "#db/client.ts";
import { readCatalog } from "#db/reads/catalog.ts";
import { readTotals } from "#db/reads/totals.ts";
import { rowsOf } from "#db/rows.ts";
import { registerSources } from "#db/writes/sources.ts";
import type { Source } from "#jobs/sources.ts";
import { runTick } from "#jobs/tick.ts";
import { DocumentWatch } from "#jobs/watch.ts";
import { DEFAULT_GATE_RULES } from "#lib/policy/gateRules.ts";
import type { SliFact } from "#lib/slo/facts.ts";
import type { Bucket, Counts } from "#lib/slo/totals.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

/** A source as the configuration would give it. */
export function settingsOf(changed: Partial<PrometheusSource> & { name: string }) {
  return {
    url: "http://127.0.0.1:9090",
    headers: {},
    bearerToken: null,
    basicAuth: null,
    counting: "auto",
    timeoutMs: 30_000,
    scrapeIntervalMs: 30_000,
    historyMs: 2 * DAY,
    ...changed,
  } satisfies PrometheusSource;
}

/** A configuration that takes every YAML file of a folder as SLO documents. */
export function configOf(folder: string, prometheus: readonly PrometheusSource[]): Config {
  return {
    databaseUrl: "pglite://memory",
    role: "all",
    host: "127.0.0.1",
    port: 3000,
    publicUrl: "http://localhost:3000",
    noAuth: true,
    signIn: { sessionMs: 7 * DAY, passwords: true, github: null, oidc: [] },
    limits: { addressPerMinute: 1_200, tokenPerMinute: 600 },
    secret: null,
    trustedProxies: [],
    slos: { globs: ["*.yaml"], base: folder },
    prometheus,
    alerts: { incidents: [] },
    notify: { allow: [] },
    gate: DEFAULT_GATE_RULES,
    delivery: { github: null, incidents: {}, services: [], production: "^prod(uction)?\\b" },
  };
}

export interface JobsOptions {
  /** Epoch ms. */
  readonly now: number;
  readonly sources: readonly Source[];
  /** Migrated; stays open. */
  readonly store: Store;
}

/** The jobs of one process without their timers: a clock that only tests move, and a folder of documents. */
export class TestJobs implements Disposable {
  now: number;
  readonly store: Store;
  readonly sources: ReadonlyMap<string, Source>;
  /** How long was waited before each new attempt, in ms; no time really passes. */
  readonly waits: number[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), "plimsoll-jobs-"));
  readonly #config: Config;
  #watch: DocumentWatch;

  private constructor({ store, now, sources }: JobsOptions) {
    this.store = store;
    this.now = now;
    const settings = sources.map((source) => source.settings);
    this.#config = configOf(this.#folder, settings);
    this.sources = new Map(sources.map((source) => [source.name, source]));
    this.#watch = this.#newWatch();
  }

  static async open(options: JobsOptions): Promise<TestJobs> {
    const jobs = new TestJobs(options);
    const sources = [...jobs.sources.keys()].map((name) => ({ name, address: null }));
    const configured = sources.map((each) => ({ ...each, kind: "prometheus" as const }));
    await registerSources(jobs.store.db, configured, jobs.now);
    return jobs;
  }

  #newWatch(): DocumentWatch {
    const known = new Set(this.sources.keys());
    return new DocumentWatch({
      config: this.#config,
      store: this.store,
      clock: () => this.now,
      known,
    });
  }

  /** As a new process that has only the database. */
  restart(): void {
    this.#watch = this.#newWatch();
  }

  /** Writes documents and reads the folder; true when something was applied. */
  async write(files: Readonly<Record<string, string>>): Promise<boolean> {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.#folder, name), text);
    return this.#watch.refresh();
  }

  async remove(file: string): Promise<boolean> {
    rmSync(join(this.#folder, file));
    return this.#watch.refresh();
  }

  /** One tick of each source at the time of the clock. */
  async tick(signal: AbortSignal = AbortSignal.timeout(60_000)): Promise<void> {
    for (const source of this.sources.values()) {
      await runTick({
        store: this.store,
        source,
        publicUrl: this.#config.publicUrl,
        clock: () => this.now,
        signal,
        wait: async (ms) => {
          this.waits.push(ms);
        },
      });
    }
  }

  /** As many ticks, a minute apart. */
  async minutes(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      this.now += MINUTE;
      await this.tick();
    }
  }

  /** An SLO in force with its newest evaluation, by its name alone. */
  async slo(name: string) {
    const found = (await readCatalog(this.store.db)).find((slo) => slo.name === name);
    if (!found) throw new Error(`no SLO in force is called ${name}`);
    return found;
  }

  /** What each stored stretch of the SLO's SLI adds; sums of rows say nothing by themselves. */
  async counts(name: string): Promise<Bucket[]> {
    const { sliId } = await this.slo(name);
    return countsOf(await readTotals(this.store.db, sliId, 0, this.now));
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Takes every row away but those of the migrations and the log that refuses: quicker than another database. */
export async function emptyStore({ db }: Store): Promise<void> {
  const tables = await rowsOf<{ name: string }>(
    db,
    sql`select quote_ident(tablename) as name from pg_tables
      where schemaname = 'public' and tablename not like '%migrations%' and tablename not in ('audit', 'delivery_revision')`,
  );
  const names = sql.raw(tables.map(({ name }) => name).join(", "));
  await db.execute(sql`truncate ${names} restart identity`);
}

/** Differences of neighbouring rows, to a millionth: sums in another order differ in their last bits. */
export function countsOf(rows: readonly (Counts & { readonly at: number })[]): Bucket[] {
  const exact = (value: number) => Math.round(value * 1e6) / 1e6 + 0;
  return rows.slice(1).flatMap((row, i) => {
    const before = rows[i] as Counts;
    const covered = exact(row.covered - before.covered);
    const good = exact(row.good - before.good);
    return [{ at: row.at, good, total: exact(row.total - before.total), covered }];
  });
}

export function sumOf(counts: readonly Counts[]): Counts {
  const sum = { good: 0, total: 0, covered: 0 };
  for (const { good, total, covered } of counts) {
    sum.good += good;
    sum.total += total;
    sum.covered += covered;
  }
  return sum;
}

/** What the minute that ends at `at` (epoch ms) counted; null = the source has no answer for it. */
export type Script = (at: number) => { readonly good: number; readonly total: number } | null;

/** A source whose every minute is written down: it answers any query with the same script. */
export function scriptedSource(name: string, script: Script, historyMs = 2 * DAY): Source {
  const probe = {
    flavour: "Prometheus 2.42.0",
    counting: "exact",
    scrapeIntervalMs: 30_000,
    warnings: [],
  } as const;
  return {
    name,
    settings: settingsOf({ name, historyMs }),
    probe: async () => probe,
    collector: {
      id: "prometheus",
      probe: async () => probe,
      async *collect({ spans }) {
        for (const { slis, purpose, from, to, stepMs } of spans) {
          const facts = slis.flatMap(({ key, sli }): SliFact[] => {
            const buckets = bucketsOf(script, from, to, askedStepMs(sli, stepMs));
            const found = judged({ from, to, stepMs }, { buckets, suspects: [] }, sli);
            return [{ sliKey: key, purpose, from, to, stepMs, ...found }];
          });
          yield { facts, failures: [] };
        }
      },
    },
  };
}

function bucketsOf(script: Script, from: number, to: number, stepMs: number): Bucket[] {
  const buckets: Bucket[] = [];
  for (let end = from + stepMs; end <= to; end += stepMs) {
    const minutes = [];
    for (let at = end - stepMs + MINUTE; at <= end; at += MINUTE) {
      const counts = script(at);
      if (counts) minutes.push({ ...counts, covered: 1 });
    }
    if (minutes.length > 0) buckets.push({ at: end, ...sumOf(minutes) });
  }
  return buckets;
}

/** An SLO as a plain document says it; JSON is YAML. `job` is the one of `sliOf` in bench/truth. */
export interface PlainSlo {
  readonly name: string;
  readonly job?: string;
  readonly target?: number;
  readonly window?: string;
  readonly datasource?: string;
  readonly budgeting?: object;
  readonly formerly?: readonly string[];
}

export function plainDocument(service: string, slos: readonly PlainSlo[]): string {
  return JSON.stringify({ service, owner: "shop", slos: slos.map(plainSlo) });
}

function plainSlo({ job = "steady", target = 0.99, window = "30d", ...rest }: PlainSlo) {
  const selector = `http_requests_total{job="${job}"`;
  const bad = `sum(rate(${selector},code=~"5.."}[5m]))`;
  return { target, window, sli: { bad, total: `sum(rate(${selector}}[5m]))` }, ...rest };
}
