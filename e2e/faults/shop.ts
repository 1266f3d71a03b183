import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sloStatus } from "#app/api/v1/schemas.ts";
import { truthCases } from "#bench/truth/cases.ts";
import { openMetricsDays, playCases } from "#bench/truth/openmetrics.ts";
import { type PlainSlo, plainDocument } from "#jobs/testing.ts";
import { DAY, floorMinute, HOUR } from "#lib/time/duration.ts";
import { ensureBuild, type Product, startProduct, until } from "../product.ts";
import { startPrometheus } from "../servers/prometheus.ts";

/** The product over a real Prometheus whose newest day is known, with SLOs of every sort. */
export interface Shop extends AsyncDisposable {
  readonly product: Product;
  /** Its environment, for another process. */
  readonly env: Readonly<Record<string, string>>;
}

const HISTORY = "1d";

/** Ready when the first backfill has ended and one SLO was renamed. */
export async function openShop(): Promise<Shop> {
  await ensureBuild();
  const to = floorMinute(Date.now());
  const span = { from: Math.floor((to - DAY - HOUR) / HOUR) * HOUR, to };
  const cases = truthCases(span).filter(({ name }) => name === "steady" || name === "low-traffic");
  const prometheus = await startPrometheus({ history: openMetricsDays(playCases(cases, span)) });
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-shop-"));
  const env = writeShop(folder, prometheus.url);
  const product = await startProduct(env);
  const isKnown = (name: string) => async () => {
    const answer = await fetch(`${product.url}/api/v1/slos/shop/${name}`);
    if (!answer.ok) return false;
    const { slo, held } = sloStatus.parse(await answer.json());
    return slo === name && !held;
  };
  await until("the first backfill has ended", isKnown("old"));
  writeFileSync(
    join(folder, "slo-shop.yaml"),
    slosOfShop({ name: "steady", formerly: ["shop/old"] }),
  );
  await until("the rename is seen", isKnown("steady"));
  return {
    product,
    env,
    async [Symbol.asyncDispose]() {
      await product.stop();
      await prometheus.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function slosOfShop(steady: PlainSlo): string {
  const quiet = { name: "quiet", job: "low-traffic", window: "7d" };
  return plainDocument("shop", [steady, quiet, { name: "silent", job: "nobody" }]);
}

function writeShop(folder: string, url: string): Record<string, string> {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const main = { name: "main", url, history: HISTORY, scrapeInterval: "30s" };
  const config = join(folder, "plimsoll.yaml");
  write("plimsoll.yaml", JSON.stringify({ sources: { prometheus: [main] }, slos: ["slo-*.yaml"] }));
  write("slo-shop.yaml", slosOfShop({ name: "old" }));
  write("slo-lost.yaml", plainDocument("lost", [{ name: "a", datasource: "elsewhere" }]));
  write("slo-broken.yaml", plainDocument("broken", [{ name: "a", target: 99 }]));
  return {
    PLIMSOLL_CONFIG: config,
    PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "db", "data")}`,
  };
}
