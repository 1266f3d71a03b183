import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type Store } from "#db/client.ts";
import { freePort, type Product, startProduct } from "../product.ts";
import { startPostgres } from "../servers/postgres.ts";
import { Client, type Sent, signIn, takeUp } from "./client.ts";
import { type Furniture, furnish } from "./furnish.ts";

/** The product on a database that the test sees too, with things to ask for. */
export interface Place extends AsyncDisposable, Furniture {
  readonly url: string;
  readonly product: Product;
  readonly store: Store;
  readonly admin: Client;
}

/** Serves without jobs, so that nothing but requests changes the database. */
export async function openPlace(): Promise<Place> {
  const postgres = await startPostgres();
  const databaseUrl = await postgres.createDatabase();
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-access-"));
  const product = await startProduct(await environment(folder, databaseUrl));
  const store = await openStore(databaseUrl);
  const { url } = product;
  const admin = new Client(url, await becomeAdmin(product));
  return {
    ...(await furnish(admin, store)),
    ...{ url, product, store, admin },
    async [Symbol.asyncDispose]() {
      await store.close();
      await product.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As many requests as the walk likes. */
const LIMITS = { addressPerMinute: 10_000_000, tokenPerMinute: 10_000_000 };

async function environment(folder: string, databaseUrl: string): Promise<Record<string, string>> {
  const port = await freePort();
  const config = join(folder, "plimsoll.yaml");
  writeFileSync(config, JSON.stringify({ slos: ["none/*.yaml"], limits: LIMITS }));
  return {
    PLIMSOLL_NO_AUTH: "0",
    PLIMSOLL_ROLE: "web",
    PLIMSOLL_CONFIG: config,
    PLIMSOLL_DATABASE_URL: databaseUrl,
    PLIMSOLL_SECRET: "a secret of thirty-two characters",
    PLIMSOLL_URL: `http://127.0.0.1:${port}`,
    PORT: String(port),
  };
}

/** By the link on the console. */
async function becomeAdmin({ url, output }: Product): Promise<Sent> {
  const link = /http\S+\/welcome\?token=\S+/.exec(output())?.[0];
  if (!link) throw new Error(`no link for the first admin:\n${output()}`);
  const email = "admin@example.org";
  await takeUp(url, link, { name: "Admin", email });
  return signIn(url, email);
}
