import { expect, test } from "vitest";
import { openPostgres } from "#db/postgres.ts";

test.each([
  ["a server that is not there", "postgres://reader:geheim@127.0.0.1:1/plimsoll"],
  ["an address that is no URL", "postgres://reader:geheim#1@host/plimsoll"],
])("%s is said in one sentence, without the password", async (_, url) => {
  const error = await openPostgres(url).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "StoreError" });
  expect((error as Error).message).toMatch(
    /^PostgreSQL at .* cannot be used: .*PLIMSOLL_DATABASE_URL/,
  );
  expect((error as Error).message).not.toContain("geheim");
});
