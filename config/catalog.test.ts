import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadConfig } from "#config/config.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "plimsoll-catalog-"));
  mkdirSync(join(dir, "catalog"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const GITHUB = "sources:\n  github: { token: t }\n";
const entity = (name: string, owner = "shop") =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\n  annotations: { github.com/project-slug: myorg/${name} }\nspec: { type: service, owner: ${owner} }\n`;

function load(config: string, files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, "catalog", name), text);
  writeFileSync(join(dir, "plimsoll.yaml"), `${config}catalog: [catalog/**/*.yaml]\n`);
  const { delivery, catalogFindings = [] } = loadConfig({ NODE_ENV: "test" }, dir);
  return {
    services: delivery.services.map(({ name, team, repository }) => ({ name, team, repository })),
    told: catalogFindings.map(({ file, code }) => `${file} ${code}`),
  };
}

test("the services of a Backstage catalog are known with their teams and repositories", () => {
  expect(load(GITHUB, { "a.yaml": entity("cart"), "b.yaml": entity("mail", "ops") })).toEqual({
    services: [
      { name: "mail", team: "ops", repository: { owner: "myorg", name: "mail" } },
      { name: "cart", team: "shop", repository: { owner: "myorg", name: "cart" } },
    ].toSorted((a, b) => (a.name < b.name ? 1 : -1)),
    told: [],
  });
});

test("what the configuration says of a service counts, and the catalog adds the rest", () => {
  const own = `${GITHUB}services:\n  - { name: cart, team: payments }\n  - { name: mail, repository: o/post }\n`;
  expect(load(own, { "a.yaml": entity("cart"), "b.yaml": entity("mail", "ops") }).services).toEqual(
    [
      { name: "cart", team: "payments", repository: { owner: "myorg", name: "cart" } },
      { name: "mail", team: "ops", repository: { owner: "o", name: "post" } },
    ],
  );
});

test("without GitHub no repository is fetched from", () => {
  expect(load("", { "a.yaml": entity("cart") }).services).toEqual([
    { name: "cart", team: "shop", repository: null },
  ]);
});

test("a broken file and a glob without a file are told, and the rest counts", () => {
  expect(load("", { "a.yaml": "a: [", "b.yaml": entity("cart") })).toMatchObject({
    services: [{ name: "cart" }],
    told: ["catalog/a.yaml yaml-syntax"],
  });
  rmSync(join(dir, "catalog"), { recursive: true });
  mkdirSync(join(dir, "catalog"));
  expect(load("", {})).toEqual({ services: [], told: ["catalog/**/*.yaml unreadable"] });
});
