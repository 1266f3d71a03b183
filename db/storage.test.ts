import { afterAll, beforeAll, describe } from "vitest";
import { openStore } from "#db/client.ts";
import type { Store } from "#db/connection.ts";
import { storageSuite } from "#db/suites/all.ts";
import { testStore } from "#db/testing.ts";

describe("on the embedded database", () => {
  let store: Store;
  beforeAll(async () => {
    store = await testStore();
  });
  afterAll(() => store.close());
  storageSuite({ store: () => store, empty: () => openStore("pglite://memory") });
});
