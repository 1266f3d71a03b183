import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "#db/client.ts";
import type { Store } from "#db/connection.ts";
import { migrate } from "#db/migrate.ts";
import { storageSuite } from "#db/suites/all.ts";
import { missingPostgres, type PostgresServer, startPostgres } from "../e2e/servers/postgres.ts";

const skip = missingPostgres();

describe.skipIf(skip)(`on a real PostgreSQL${skip ? ` (${skip})` : ""}`, () => {
  let server: PostgresServer;
  let store: Store;
  beforeAll(async () => {
    server = await startPostgres();
    store = await openStore(await server.createDatabase());
    await migrate(store);
  });
  afterAll(async () => {
    await store?.close();
    await server?.stop();
  });
  storageSuite({
    store: () => store,
    empty: async () => openStore(await server.createDatabase()),
  });

  test("a server that is not there is named, without the password", async () => {
    const opening = openStore("postgres://me:secret@127.0.0.1:1/plimsoll");
    await expect(opening).rejects.toThrow(/127\.0\.0\.1:1\/plimsoll cannot be used/);
    await expect(opening).rejects.not.toThrow(/secret/);
  });
});
