import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { claimDemo } from "#demo/launch/claim.ts";
import { type DemoFolder, prepareFolder } from "#demo/launch/folder.ts";
import { playLastAct } from "#demo/launch/lastact.ts";
import { freePort } from "#demo/launch/port.ts";
import { startStandIns } from "#demo/launch/standins.ts";
import { readDocument } from "#lib/spec/read.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 4, 13, 9, 30, 25);

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plimsoll-demo-"));
  mkdirSync(join(root, "demo"));
  for (const name of ["slos", "plimsoll.yaml"]) {
    cpSync(join(import.meta.dirname, "..", name), join(root, "demo", name), { recursive: true });
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const prepare = (now = NOW, fresh = false) => prepareFolder(root, { now, fresh });
const mark = ({ path }: DemoFolder) => join(path, "data-of-the-run");

describe("the demo's folder", () => {
  test("holds a copy of the documents, and a story that began with the minute", () => {
    const { path, state, reused } = prepare();
    expect(reused).toBe(false);
    expect(state).toMatchObject({ anchor: NOW - 25_000, complete: false });
    expect(existsSync(join(path, "slos/shop/checkout.yaml"))).toBe(true);
    expect(existsSync(join(path, "plimsoll.yaml"))).toBe(true);
  });

  test.each([
    ["goes on within a day", { now: NOW + 23 * HOUR, fresh: false }, true],
    ["is made anew after a day", { now: NOW + 25 * HOUR, fresh: false }, false],
    ["is made anew when the clock went back", { now: NOW - HOUR, fresh: false }, false],
    ["is made anew when asked", { now: NOW + HOUR, fresh: true }, false],
  ])("%s", (_, of, reused) => {
    const first = prepare();
    writeFileSync(mark(first), "");
    const second = prepareFolder(root, of);
    expect(second.reused).toBe(reused);
    expect(existsSync(mark(second))).toBe(reused);
    expect(second.state.anchor === first.state.anchor).toBe(reused);
  });

  test("is made anew when the documents have changed, or its state is broken", () => {
    const first = prepare();
    writeFileSync(join(root, "demo/slos/more.yaml"), "service: more\n");
    expect(prepare().reused).toBe(false);
    writeFileSync(join(first.path, "state.json"), "{");
    expect(prepare().reused).toBe(false);
  });

  test("is claimed by one demo at a time", () => {
    const claim = claimDemo(root);
    expect(() => claimDemo(root)).toThrow(/a demo is running already/);
    claim.release();
    claimDemo(root).release();
  });
});

describe("the last act", () => {
  test("breaks one target, and silences the edge but not the main source", async () => {
    const standIns = await startStandIns(NOW);
    try {
      const folder = prepare();
      await playLastAct(folder, standIns.urls);
      const path = join(folder.path, "slos/platform/notifications.yaml");
      const { slos, findings } = readDocument("notifications.yaml", readFileSync(path, "utf8"));
      expect(slos.map(({ definition }) => definition.name)).toEqual(["email-delivery"]);
      expect(findings).toMatchObject([{ severity: "error", code: "target-range" }]);
      expect((await fetch(`${standIns.urls.edge}/-/ready`)).status).toBe(503);
      expect((await fetch(`${standIns.urls.main}/-/ready`)).status).toBe(200);
      const next = prepare();
      expect(next.state.complete).toBe(true);
      await expect(playLastAct(next, standIns.urls)).resolves.toBeUndefined();
    } finally {
      await standIns.close();
    }
  });
});

describe("the port", () => {
  let server: Server;
  afterEach(() => server.close());

  test("is the next one when it is taken", async () => {
    server = createServer();
    const { promise, resolve } = Promise.withResolvers<void>();
    server.listen(0, "127.0.0.1", resolve);
    await promise;
    const { port } = server.address() as AddressInfo;
    expect(await freePort(port)).toBeGreaterThan(port);
  });
});
