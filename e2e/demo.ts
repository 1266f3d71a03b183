import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sourceList } from "#app/api/v1/schemas.ts";
import { prepareFolder } from "#demo/launch/folder.ts";
import { playLastAct } from "#demo/launch/lastact.ts";
import { askGate, seedExceptions } from "#demo/launch/policy.ts";
import { startStandIns } from "#demo/launch/standins.ts";
import { type Product, startProduct, until } from "./product.ts";

/** The demo's story, told to a product of its own, in a folder of its own. */
export interface Demo extends AsyncDisposable {
  readonly product: Product;
}

interface DemoOptions {
  /** A document that is deleted in the end, so that its SLOs retire: "payments/ledger.yaml". */
  readonly without?: string;
}

/** Ready when the history is in and the last act has been played and noticed. */
export async function openDemo({ without }: DemoOptions = {}): Promise<Demo> {
  const root = mkdtempSync(join(tmpdir(), "plimsoll-story-"));
  mkdirSync(join(root, "demo"));
  for (const name of ["slos", "plimsoll.yaml"]) {
    cpSync(join("demo", name), join(root, "demo", name), { recursive: true });
  }
  const folder = prepareFolder(root, { now: Date.now(), fresh: true });
  await seedExceptions(folder);
  const standIns = await startStandIns(folder.state.anchor);
  const product = await startProduct({
    PLIMSOLL_CONFIG: join(folder.path, "plimsoll.yaml"),
    PLIMSOLL_DATABASE_URL: `pglite://${join(folder.path, "data")}`,
    DEMO_MAIN_URL: standIns.urls.main,
    DEMO_EDGE_URL: standIns.urls.edge,
    DEMO_GITHUB_URL: standIns.urls.github,
  });
  await until("the demo is populated", () => isPopulated(product), 150_000);
  await askGate(product.url);
  await playLastAct(folder, standIns.urls);
  if (without) rmSync(join(folder.path, "slos", without));
  await until("the last act is noticed", () => isNoticed(product, without));
  return {
    product,
    async [Symbol.asyncDispose]() {
      await product.stop();
      await standIns.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function isPopulated(product: Product): Promise<boolean> {
  const sources = await readSources(product);
  const counted = sources.filter(({ kind }) => kind === "prometheus");
  const github = sources.find(({ kind }) => kind === "github");
  return (
    counted.length > 0 &&
    counted.every(({ backfill: { done, of } }) => of > 0 && done >= of) &&
    (github?.lastSuccessAt ?? null) !== null
  );
}

async function isNoticed(product: Product, without?: string): Promise<boolean> {
  const edge = (await readSources(product)).find(({ name }) => name === "edge");
  if (edge?.state !== "failed") return false;
  const page = await (await fetch(`${product.url}/sources`)).text();
  return page.includes("target-range") && !(without && page.includes(without));
}

async function readSources({ url }: Product) {
  return sourceList.parse(await (await fetch(`${url}/api/v1/sources`)).json()).sources;
}
