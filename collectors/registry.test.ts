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
  const url = "https://api.example";
  const auth = { kind: "token" as const, token: "t" };
  const { github, pagerduty } = deliveryCollectors;
  const delivering = {
    github: github({ name: "github", url, auth, timeoutMs: 1000 }),
    pagerduty: pagerduty({ name: "pagerduty", url, token: "t", timeoutMs: 1000 }),
  } satisfies Record<keyof typeof deliveryCollectors, unknown>;
  for (const [name, collector] of Object.entries(delivering)) expect(collector.id).toBe(name);
});
