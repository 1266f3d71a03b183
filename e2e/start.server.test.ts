import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuild, failToStart, startProduct } from "./product.ts";

describe("starting and stopping", () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plimsoll-start-"));
    await ensureBuild();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const env = () => ({
    PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "data")}`,
    PLIMSOLL_SLOS: join(folder, "*.yaml"),
  });

  test.each(["0.0.0.0", "::", "192.168.1.1"])(
    "with sign-in off, an address that others reach (%s) is refused with a sentence",
    async (host) => {
      const off = { PLIMSOLL_NO_AUTH: "1", PLIMSOLL_HOST: host };
      const { code, output } = await failToStart({ ...env(), ...off });
      expect(code).toBe(1);
      expect(output).toMatch(/^plimsoll: refusing to listen on .*PLIMSOLL_NO_AUTH=1 switches/);
      expect(output).not.toMatch(/\n\s+at /);
    },
  );

  test("with sign-in on, such an address is listened on, and asks who one is", async () => {
    const product = await startProduct({
      ...{ ...env(), PLIMSOLL_DATABASE_URL: "pglite://memory" },
      ...{ PLIMSOLL_NO_AUTH: "0", PLIMSOLL_HOST: "0.0.0.0" },
    });
    expect((await fetch(`${product.url}/api/v1/slos`)).status).toBe(401);
    expect(await product.stop()).toBe(0);
  });

  test("a second process on the same store is refused; SIGTERM ends the first cleanly, and it starts again", async () => {
    const first = await startProduct(env());
    const { code, output } = await failToStart({ ...env(), PORT: "0" });
    expect(code).toBe(1);
    expect(output).toMatch(
      new RegExp(`plimsoll: the embedded database is in use by process ${first.pid}`),
    );
    expect(output).not.toMatch(/\n\s+at /);
    expect((await fetch(`${first.url}/readyz`)).ok).toBe(true);
    expect(await first.stop()).toBe(0);
    expect(existsSync(join(folder, "data.lock"))).toBe(false);
    const again = await startProduct(env());
    expect((await fetch(`${again.url}/api/v1/slos`)).ok).toBe(true);
    expect(await again.stop()).toBe(0);
  });

  test("a store whose holder was killed can be opened again", async () => {
    const first = await startProduct(env());
    await first.stop("SIGKILL");
    const again = await startProduct(env());
    expect(await again.stop()).toBe(0);
  });
});
