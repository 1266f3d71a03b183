import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { truthCases } from "#bench/truth/cases.ts";
import { openMetricsDays, playCases } from "#bench/truth/openmetrics.ts";
import { seededRandom } from "#bench/truth/random.ts";
import { openStore } from "#db/client.ts";
import { plainDocument } from "#jobs/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import { startMortal } from "./faults/mortal.ts";
import { DONE, SAVED, SAVING, type WorkerTask } from "./faults/worker.ts";
import type { RunningServer } from "./servers/process.ts";
import { missingPrometheus, startPrometheus } from "./servers/prometheus.ts";

const FROM = Date.UTC(2026, 0, 5);
const SPAN = { from: FROM, to: FROM + 2 * DAY };
/** The backfill has the newest day by the minute and the rest in empty slices; then ticks over the incident. */
const START = FROM + DAY + 9 * HOUR;
const END = START + 40 * MINUTE;
const HISTORY_MS = 40 * DAY;
const KILLS = 20;
const absent = missingPrometheus();

describe.skipIf(absent)(`kill -9${absent ? ` (${absent})` : ""}`, () => {
  let server: RunningServer;
  let folder: string;
  beforeAll(async () => {
    const cases = truthCases(SPAN).filter(({ name }) => name === "steady" || name === "gaps");
    server = await startPrometheus({ history: openMetricsDays(playCases(cases, SPAN)) });
    folder = mkdtempSync(join(tmpdir(), "plimsoll-crash-"));
    const slos = [
      { name: "steady", target: 0.995, window: "1d" },
      { name: "gaps", job: "gaps" },
    ];
    writeFileSync(join(folder, "shop.yaml"), plainDocument("shop", slos));
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const taskIn = (name: string): WorkerTask => ({
    databaseUrl: `pglite://${join(folder, name, "data")}`,
    documents: folder,
    prometheusUrl: server.url,
    historyMs: HISTORY_MS,
    from: START,
    to: END,
  });
  const start = (task: WorkerTask) => startMortal("e2e/faults/worker.ts", task);

  async function finish(task: WorkerTask): Promise<void> {
    const worker = start(task);
    if (!(await worker.heard(DONE))) throw new Error(worker.lastWords());
  }

  test(`${KILLS} times in backfill and ticks: totals, transitions and alerts as undisturbed`, async () => {
    const calm = taskIn("calm");
    const undisturbed = finish(calm);
    const harried = taskIn("harried");
    const random = seededRandom(20);
    let killed = 0;
    for (let i = 0; i < KILLS; i++) {
      const worker = start(harried);
      const line = random() < 0.7 ? SAVING : SAVED;
      if (await worker.heard(line, 1 + Math.floor(random() * 4))) killed++;
      await worker.kill();
    }
    expect(killed).toBe(KILLS);
    await Promise.all([finish(harried), undisturbed]);
    const expected = await contents(calm);
    expect(expected.minutes.length).toBeGreaterThan(DAY / MINUTE);
    expect(expected.alerts.length).toBeGreaterThan(0);
    expect(await contents(harried)).toEqual(expected);
  });
});

type Rows = readonly Readonly<Record<string, unknown>>[];
type Contents = Readonly<Record<"minutes" | "gaps" | "transitions" | "alerts", Rows>>;

/** Everything that must be the same: what was counted, and what was told. */
async function contents({ databaseUrl }: WorkerTask): Promise<Contents> {
  const opened = await openStore(databaseUrl, { upkeep: false });
  try {
    return await opened.session(async ({ query }) => ({
      minutes: (await query(MINUTES)).rows,
      gaps: (await query("select sli_id, from_at, to_at, state from sli_gaps order by 1, 2")).rows,
      transitions: (await query("select slo_id, at, to_state from policy_transitions order by id"))
        .rows,
      alerts: (await query(ALERTS)).rows,
    }));
  } finally {
    await opened.close();
  }
}

/** What each row adds to the one before; the sums themselves depend on the order of saving. */
const MINUTES = `select sli_id, at,
    round((good - lag(good) over w)::numeric, 6)::text as good,
    round((total - lag(total) over w)::numeric, 6)::text as total,
    covered - lag(covered) over w as covered
  from sli_totals window w as (partition by sli_id order by at) order by sli_id, at`;
const ALERTS =
  "select slo_id, tier, started_at, ended_at, from_history from burn_alerts order by 1, 2, 3";
