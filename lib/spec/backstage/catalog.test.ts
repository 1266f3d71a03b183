import { describe, expect, test } from "vitest";
import { readCatalog } from "#lib/spec/backstage/catalog.ts";
import { formatFinding } from "#lib/spec/format.ts";

type Changes = Readonly<Record<string, string | null>>;

/** A Component; the fields of `metadata` begin in line 4, those of `spec` in line 8, both in column 3. */
function component(spec: Changes = {}, metadata: Changes = {}): string {
  const named = {
    name: "checkout",
    description: "Takes the money",
    annotations: "{ github.com/project-slug: myorg/checkout, other/one: x }",
    ...metadata,
  };
  const owned = { type: "service", lifecycle: "production", owner: "group:default/shop", ...spec };
  const head = ["apiVersion: backstage.io/v1alpha1", "kind: Component", "metadata:"];
  return [...head, ...lines(named), "spec:", ...lines(owned)].join("\n");
}

function lines(fields: Changes): string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`  ${name}: ${value}`],
  );
}

function group(name: string): string {
  return `apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: ${name}, title: The ${name} }\nspec: { type: team, children: [] }`;
}

function read(...texts: string[]) {
  const { services, teams, findings } = readCatalog(
    texts.map((text, i) => ({ file: `${i}.yaml`, text })),
  );
  return { services, teams, told: findings.map(formatFinding) };
}

describe("a Component is a service", () => {
  test.each<[string, string, object, number]>([
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
  ])("%s", (_, text, service, told) => {
    const found = read(text);
    expect(found.services).toMatchObject([service]);
    expect(found.told).toHaveLength(told);
  });
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

test.each<[string, string, string[]]>([
  ["no YAML", "a: [", ["2:1: not YAML"]],
  ["a text", "hello", ['1:1: must be a map of fields, got "hello" [wrong-type]']],
  [
    "no version",
    component().replace(/^.*\n/, ""),
    ["1:1 apiVersion: is missing; write apiVersion: backstage.io/v1alpha1 [missing-field]"],
  ],
  [
    "no kind",
    component().replace("kind: Component\n", ""),
    ["1:1 kind: is missing; write kind: Component [missing-field]"],
  ],
  [
    "another version",
    component().replace("v1alpha1", "v2"),
    [
      '1:13 apiVersion: must be backstage.io/v1alpha1 for a Component, got "backstage.io/v2" [not-supported]',
    ],
  ],
  [
    "no metadata",
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nspec: { owner: a }",
    ["1:1 metadata: is missing; write metadata: with a name [missing-field]"],
  ],
  [
    "metadata that are a list",
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: []\nspec: { owner: a }",
    ["3:11 metadata: must be a map of fields, got a list [wrong-type]"],
  ],
  [
    "no spec",
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }",
    ["1:1 spec: is missing; write spec: with an owner [missing-field]"],
  ],
  [
    "no name",
    component({}, { name: null }),
    ["4:3 metadata.name: is missing; write name: its-name [missing-field]"],
  ],
  [
    "a name that is a number",
    component({}, { name: "7" }),
    ["4:9 metadata.name: must be a text, got 7; put it in quotes [wrong-type]"],
  ],
  [
    "a name that cannot stand in an address",
    component({}, { name: "'a b'" }),
    [
      '4:9 metadata.name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "a b"; write a-b [bad-name]',
    ],
  ],
  [
    "a field twice",
    component({}, { name: "a", "title: x\n  title": "y" }),
    ["8:3 metadata.title: stands there twice; keep one of them [repeated-field]"],
  ],
  [
    "no owner",
    component({ owner: null }),
    ["8:3 spec.owner: is missing; write owner: the-team [missing-field]"],
  ],
  [
    "an owner that is a list",
    component({ owner: "[shop]" }),
    ["10:10 spec.owner: must be a text, got a list [wrong-type]"],
  ],
  [
    "a type that is a map",
    component({ type: "{}" }),
    ["8:9 spec.type: must be a text, got a map [wrong-type]"],
  ],
  [
    "a system that is a number",
    component({ system: "7" }),
    ["11:11 spec.system: must be a text, got 7 [wrong-type]"],
  ],
  [
    "annotations that are a text",
    component({}, { annotations: "x" }),
    ['6:16 metadata.annotations: must be a map of fields, got "x" [wrong-type]'],
  ],
  [
    "a slug without its owner",
    component({}, { annotations: "{ github.com/project-slug: checkout }" }),
    [
      '6:43 metadata.annotations["github.com/project-slug"]: must be the repository as owner/name, got "checkout" [bad-name]',
    ],
  ],
  [
    "a slug with an address",
    component({}, { annotations: "{ github.com/project-slug: 'https://github.com/a/b' }" }),
    [
      '6:43 metadata.annotations["github.com/project-slug"]: must be the repository as owner/name, got "https://github.com/a/b" [bad-name]',
    ],
  ],
  [
    "links that are a map",
    component({}, { links: "{}" }),
    ["7:10 metadata.links: must be a list (lines that begin with “- ”), got a map [wrong-type]"],
  ],
  [
    "a link without its address",
    component({}, { links: "[{ title: a }]" }),
    ["7:11 metadata.links[0].url: is missing; write url: https://… [missing-field]"],
  ],
  [
    "a link that does something else",
    component({}, { links: "[{ url: 'javascript:x' }]" }),
    [
      '7:18 metadata.links[0].url: must be an address that begins with https:// or http://, got "javascript:x" [bad-url]',
    ],
  ],
  [
    "a group without a name",
    group("x").replace("name: x, ", ""),
    ["3:11 metadata.name: is missing; write name: its-name [missing-field]"],
  ],
])("an entity with %s is told and left out", (title, text, expected) => {
  const { services, teams, told } = read(text);
  if (title !== "no YAML") expect(told).toEqual(expected.map((line) => `0.yaml:${line}`));
  expect(told).not.toEqual([]);
  expect([...services, ...teams]).toEqual([]);
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
