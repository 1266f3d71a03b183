import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startReceiver, type TestReceiver } from "#jobs/notices/testing.ts";
import { freePort, type Product, startProduct } from "../product.ts";
import { startPrometheus } from "../servers/prometheus.ts";
import { DOCUMENT, openShop, prometheusConfig, type Shop } from "./shop.ts";

const CLI = join(import.meta.dirname, "..", "..", "cli", "plimsoll.ts");

/** A shop, the Prometheus that scrapes it and runs our rules, the product over both, and who is told. */
export interface Chain extends AsyncDisposable {
  readonly shop: Shop;
  readonly product: Product;
  readonly receiver: TestReceiver;
  /** Where Prometheus sends its alerts: whoever starts the Alertmanager listens there. */
  readonly alertmanagerPort: number;
}

/** Everything but the Alertmanager, which needs a token of the product. */
export async function openChain(): Promise<Chain> {
  await using open = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-chain-"));
  open.defer(() => rmSync(folder, { recursive: true, force: true }));
  const shop = open.use(await openShop());
  const receiver = open.use(await startReceiver());
  const [port, alertmanagerPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const documents = join(folder, "slos");
  mkdirSync(documents);
  writeFileSync(join(documents, "shop.yaml"), DOCUMENT);
  const rules = join(folder, "rules.yaml");
  const written = await plimsoll(
    ["rules", documents, "--url", url, "--scrape-interval", "5s", "--out", rules],
    {},
  );
  if (written.code !== 0) throw new Error(written.output);
  const config = prometheusConfig(shop, rules, `127.0.0.1:${alertmanagerPort}`);
  const prometheus = open.use(await startPrometheus({ config, history: [shop.history] }));
  writeFileSync(
    join(folder, "plimsoll.yaml"),
    JSON.stringify({
      sources: { prometheus: [{ name: "main", url: prometheus.url, history: "1h" }] },
      slos: ["slos/*.yaml"],
      notify: { allow: ["127.0.0.1"] },
    }),
  );
  const product = await startProduct({
    PLIMSOLL_CONFIG: join(folder, "plimsoll.yaml"),
    PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "db", "data")}`,
    PLIMSOLL_NO_AUTH: "0",
    PLIMSOLL_URL: url,
    PORT: String(port),
  });
  open.defer(async () => {
    await product.stop();
  });
  const parts = open.move();
  return {
    ...{ shop, product, receiver, alertmanagerPort },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** Runs the command line as a pipeline does: its exit code, and what it printed. */
export function plimsoll(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env } };
    execFile(process.execPath, [CLI, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, output: stdout + stderr });
    });
  });
}
