import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { collectors } from "#collectors/registry.ts";

test("every folder is registered under its name, and nothing else is", () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(Object.keys(collectors).sort()).toEqual(folders.sort());
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
});
