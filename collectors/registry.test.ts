import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { collectors, deliveryCollectors } from "#collectors/registry.ts";

test("every folder is registered under its name, and nothing else is", () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const registered = Object.keys({ ...collectors, ...deliveryCollectors });
  expect(registered.sort()).toEqual(folders.sort());
});

test("every collector calls itself by its folder's name", () => {
  const source = {
    name: "main",
    url: "http://127.0.0.1:9090",
    headers: {},
    bearerToken: null,
    basicAuth: null,
    counting: "auto" as const,
    timeoutMs: 1000,
    scrapeIntervalMs: null,
    historyMs: 0,
  };
  for (const [name, create] of Object.entries(collectors)) expect(create(source).id).toBe(name);
  const github = {
    name: "github",
    url: "https://api.github.com",
    auth: { kind: "token" as const, token: "t" },
    timeoutMs: 1000,
  };
  for (const [name, create] of Object.entries(deliveryCollectors)) {
    expect(create(github).id).toBe(name);
  }
});
