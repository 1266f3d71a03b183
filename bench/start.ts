import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { JOB, steadyHistory } from "#bench/cost/history.ts";
import { type Figure, type Report, reportOf } from "#bench/report.ts";
import { plainDocument } from "#jobs/testing.ts";
import { DAY, floorMinute } from "#lib/time/duration.ts";
import { ensureBuild, type Product, startProduct } from "../e2e/product.ts";
import { startPrometheus } from "../e2e/servers/prometheus.ts";

const SLOS = 30;
const HISTORY_MS = 2 * DAY;
const SETTLED_MS = 60_000;

/** The embedded default with 30 SLOs and a real Prometheus: first start, memory, start again. */
export async function startBench(): Promise<Report> {
  await ensureBuild();
  const now = floorMinute(Date.now());
  const prometheus = await startPrometheus({ history: steadyHistory(now - HISTORY_MS, now) });
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-bench-"));
  try {
    writeFileSync(join(folder, "bench.yaml"), documents());
    return reportOf(
      `Start of the embedded default, ${SLOS} SLOs`,
      await measure(folder, prometheus.url),
    );
  } finally {
    await prometheus.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Distinct SLIs: a matcher that changes nothing makes each query its own. */
function documents(): string {
  const slos = Array.from({ length: SLOS }, (_, i) => ({
    name: `slo-${i}`,
    job: `${JOB}",pod!="none-${i}`,
  }));
  return plainDocument("bench", slos);
}

async function measure(folder: string, prometheus: string): Promise<Figure[]> {
  const env = {
    PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "data")}`,
    PLIMSOLL_SLOS: join(folder, "*.yaml"),
    PLIMSOLL_PROMETHEUS_URL: prometheus,
  };
  const first = await started(env);
  await wait(SETTLED_MS);
  const memory = residentMegabytes(first.product.pid);
  await first.product.stop();
  const again = await started(env);
  await again.product.stop();
  return [
    { what: "first start until the fleet page is there", value: first.ms, unit: "ms" },
    { what: "reopened", value: again.ms, unit: "ms", promise: { atMost: 5_000 } },
    {
      what: "memory a minute after the start",
      value: memory,
      unit: "MB",
      promise: { atMost: 500 },
    },
  ];
}

/** From the command until the fleet page has been answered. */
async function started(env: Record<string, string>): Promise<{ product: Product; ms: number }> {
  const begun = performance.now();
  const product = await startProduct(env);
  const answer = await fetch(product.url);
  await answer.text();
  if (!answer.ok) throw new Error(`the fleet page answered ${answer.status}: ${product.output()}`);
  return { product, ms: performance.now() - begun };
}

/** Resident memory of a process and its children, from Linux's /proc. */
function residentMegabytes(pid: number): number {
  const own = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean),
  );
  return children.reduce((sum, child) => sum + residentMegabytes(Number(child)), own / 1024);
}

if (import.meta.main) console.log((await startBench()).text);
