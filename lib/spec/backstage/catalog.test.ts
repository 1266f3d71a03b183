import { describe, expect, test } from "vitest";
import { readCatalog } from "#lib/spec/backstage/catalog.ts";
import { component, group } from "#lib/spec/backstage/testing.ts";
import { formatFinding } from "#lib/spec/format.ts";

function read(...texts: string[]) {
  const { services, teams, findings } = readCatalog(
    texts.map((text, i) => ({ file: `${i}.yaml`, text })),
  );
  return { services, teams, told: findings.map(formatFinding) };
}

/** What it is, the entity, what is read of it, and how much is told besides. */
const SERVICES: readonly (readonly [string, string, object, number])[] = [
  [
    "with all that it says",
    component(
      { system: "shop" },
      { links: "[{ url: 'https://a.example', title: A }, { url: 'http://b.example' }]" },
    ),
    {
      name: "checkout",
      team: "shop",
      system: "shop",
      description: "Takes the money",
      repository: { owner: "myorg", name: "checkout" },
      links: [
        { url: "https://a.example", title: "A" },
        { url: "http://b.example", title: null },
      ],
      place: { file: "0.yaml", line: 1, column: 1, path: "" },
    },
    0,
  ],
  ["with a bare owner", component({ owner: "shop" }), { team: "shop" }, 0],
  ["with an owner in a namespace", component({ owner: "group:other/shop" }), { team: "shop" }, 0],
  [
    "with an owner whose name needs rewriting",
    component({ owner: "'The Shop'" }),
    { team: "The-Shop" },
    1,
  ],
  ["that a person owns", component({ owner: "user:default/ann" }), { team: null }, 1],
  [
    "with a system in a namespace",
    component({ system: "system:default/shop" }),
    { system: "shop" },
    0,
  ],
  ["without annotations", component({}, { annotations: null }), { repository: null }, 0],
  ["without a slug", component({}, { annotations: "{ a: b }" }), { repository: null }, 0],
  [
    "with dots in its repository",
    component({}, { annotations: "{ github.com/project-slug: my-org/a.b_c }" }),
    { repository: { owner: "my-org", name: "a.b_c" } },
    0,
  ],
  ["without a description", component({}, { description: "''" }), { description: null }, 0],
  ["without links", component(), { links: [] }, 0],
  ["of another type", component({ type: "website" }), { name: "checkout" }, 0],
  ["of no type", component({ type: null }), { name: "checkout" }, 0],
  [
    "with fields that only its company knows",
    component({ pager: "7" }, { costCentre: "42", namespace: "x" }),
    { name: "checkout" },
    0,
  ],
  ["with relations", `${component()}\nrelations: []\nstatus: {}`, { name: "checkout" }, 0],
  ["of a beta version", component().replace("v1alpha1", "v1beta1"), { name: "checkout" }, 0],
  ["in a list", `- ${component().replaceAll("\n", "\n  ")}`, { name: "checkout" }, 0],
  [
    "in JSON",
    JSON.stringify({
      apiVersion: "backstage.io/v1alpha1",
      kind: "Component",
      metadata: { name: "a" },
      spec: { owner: "b" },
    }),
    { name: "a", team: "b" },
    0,
  ],
  ["with a namespace before its owner", component({ owner: "other/shop" }), { team: "shop" }, 0],
  [
    "with a reference in capitals",
    component({ owner: "Group:default/shop", system: "System:default/store" }),
    { team: "shop", system: "store" },
    0,
  ],
  ["with a kind before its owner", component({ owner: "group:shop" }), { team: "shop" }, 0],
  ["with blanks around its owner", component({ owner: "' shop '" }), { team: "shop" }, 0],
  ["with a bare system", component({ system: "store" }), { system: "store" }, 0],
  [
    "with a name in capitals and dots",
    component({}, { name: "Pay_v2.API" }),
    { name: "Pay_v2.API" },
    0,
  ],
  [
    "with the longest name of a catalog",
    component({}, { name: "x".repeat(63) }),
    { name: "x".repeat(63) },
    0,
  ],
  [
    "with a folded description",
    component({}, { description: ">-\n    Takes\n    the money" }),
    { description: "Takes the money" },
    0,
  ],
  [
    "with icons and types at its links",
    component({}, { links: "[{ url: 'https://a.example/?q=1#b', icon: dashboard, type: admin }]" }),
    { links: [{ url: "https://a.example/?q=1#b", title: null }] },
    0,
  ],
  ["with no links in their list", component({}, { links: "[]" }), { links: [] }, 0],
  [
    "with tags and labels",
    component({}, { tags: "[go, web]", labels: "{ example.com/tier: '1' }" }),
    { name: "checkout" },
    0,
  ],
  [
    "with interfaces and dependencies",
    component({
      providesApis: "[pay]",
      dependsOn: "['resource:default/db']",
      subcomponentOf: "shop",
    }),
    { team: "shop" },
    0,
  ],
  ["of a lifecycle of its company", component({ lifecycle: "sunset" }), { name: "checkout" }, 0],
  ["of a type in capitals", component({ type: "Service" }), { name: "checkout" }, 0],
  [
    "after an explicit start and before an end",
    `---\n${component()}\n...\n`,
    { name: "checkout" },
    0,
  ],
  ["with CRLF", component().replaceAll("\n", "\r\n"), { description: "Takes the money" }, 0],
  ["after a byte order mark", `\uFEFF${component()}`, { name: "checkout" }, 0],
  [
    "with an alias for its owner",
    component({ owner: "*team" }, { annotations: "{ example.com/team: &team shop }" }),
    { team: "shop", repository: null },
    0,
  ],
];

describe("a Component is a service", () => {
  test.each(SERVICES)("%s", (_, text, service, told) => {
    const found = read(text);
    expect(found.services).toMatchObject([service]);
    expect(found.told).toHaveLength(told);
  });
});

test("at least thirty entities are accepted, no two of them alike", () => {
  expect(new Set(SERVICES.map(([, text]) => text)).size).toBeGreaterThanOrEqual(30);
});

test("a Group is a team, and both may stand in one file", () => {
  const { services, teams, told } = read(`${component()}\n---\n${group("shop")}`, group("web"));
  expect(services).toHaveLength(1);
  expect(teams).toMatchObject([
    { name: "shop", title: "The shop", place: { file: "0.yaml", line: 12 } },
    { name: "web", title: "The web", place: { file: "1.yaml", line: 1 } },
  ]);
  expect(told).toEqual([]);
});

test.each([
  ["library", component({ type: "library" })],
  ["documentation", component({ type: "documentation" })],
  ["API", "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: a }\nspec: {}"],
  [
    "Location",
    "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: a }\nspec: { targets: [] }",
  ],
  [
    "template of its own family",
    "apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: a }\nspec: {}",
  ],
  ["kind of a company", "apiVersion: example.com/v1\nkind: Robot\nmetadata: { name: a }\nspec: {}"],
])("a %s is no service, and no mistake", (_, text) => {
  expect(read(text)).toEqual({ services: [], teams: [], told: [] });
});

test("a mistake in one entity leaves the others", () => {
  const { services, told } = read(
    `${component({ owner: null })}\n---\n${component({}, { name: "web" })}`,
  );
  expect(services.map(({ name }) => name)).toEqual(["web"]);
  expect(told).toHaveLength(1);
});

test("a name that is there twice is told in both places", () => {
  expect(read(component(), component()).told).toEqual([
    "0.yaml:1:1: warning: the Component checkout is in 1.yaml:1 as well; the first one counts [catalog-twice]",
    "1.yaml:1:1: warning: the Component checkout is in 0.yaml:1 as well; the first one counts [catalog-twice]",
  ]);
});
