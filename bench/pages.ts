import { fillForPages } from "#bench/pages/fill.ts";
import { type Figure, type Promised, type Report, reportOf } from "#bench/report.ts";
import { type Timing, timed } from "#bench/timing.ts";
import { openStore } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { ensureBuild, type Product, startProduct } from "../e2e/product.ts";
import { startPostgres } from "../e2e/servers/postgres.ts";

const SIZES = [100, 1_000, 10_000];
const RUNS = 40;
const WARM_UP = 10;
/** Rendered without data by the same build: what any page costs. */
const EMPTY = "/no-such-page";

interface Page {
  readonly what: string;
  readonly path: string;
  readonly promise?: Promised;
}

const PAGES: readonly Page[] = [
  { what: "fleet page", path: "/", promise: { atMost: 50 } },
  { what: "fleet as JSON, /api/v1/slos", path: "/api/v1/slos", promise: { atMost: 50 } },
  {
    what: "SLO page, 30 d chart",
    path: "/services/service-0/slos/slo-0",
    promise: { atMost: 80 },
  },
];

/**
 * Whole answers of the built product, one request after the other, over loopback. On PostgreSQL: there
 * the web can run alone, without jobs that would change what is measured.
 */
export async function pagesBench(sizes: readonly number[] = SIZES): Promise<Report> {
  await ensureBuild();
  const figures: Figure[] = [];
  const server = await startPostgres({ durable: true });
  try {
    for (const slos of sizes)
      figures.push(...(await measureAt(await server.createDatabase(), slos)));
  } finally {
    await server.stop();
  }
  return reportOf(`Server time of pages, p50 and p95 of ${RUNS} requests`, figures);
}

async function measureAt(url: string, slos: number): Promise<Figure[]> {
  const store = await openStore(url, { upkeep: false });
  await migrate(store);
  await fillForPages(store, slos);
  await store.close();
  const product = await startProduct({ PLIMSOLL_DATABASE_URL: url, PLIMSOLL_ROLE: "web" });
  try {
    const floor = await timeOf(product, EMPTY, 404);
    const prefix = `${slos.toLocaleString("en")} SLOs`;
    const figures: Figure[] = [];
    for (const page of PAGES) {
      const timing = await timeOf(product, page.path, 200);
      figures.push(
        ...figuresOf(page, timing, floor).map((f) => ({ ...f, what: `${prefix}: ${f.what}` })),
      );
    }
    return figures;
  } finally {
    await product.stop();
  }
}

/** A page that fails is quick: the status is checked each time. */
function timeOf({ url }: Product, path: string, status: number): Promise<Timing> {
  const ask = async () => {
    const answer = await fetch(url + path);
    await answer.arrayBuffer();
    if (answer.status !== status) throw new Error(`${path} answered ${answer.status}`);
  };
  return timed(ask, { runs: RUNS, warmUp: WARM_UP });
}

function figuresOf({ what, promise }: Page, timing: Timing, floor: Timing): Figure[] {
  const empty = (value: number) => ({ what: "an empty page", value });
  return [
    { what: `${what}, p50`, value: timing.p50, unit: "ms", against: empty(floor.p50) },
    { what: `${what}, p95`, value: timing.p95, unit: "ms", against: empty(floor.p95), promise },
  ];
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  console.log((await pagesBench(sizes.length > 0 ? sizes : SIZES)).text);
}
