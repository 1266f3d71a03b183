import { expect, test } from "vitest";
import { readCatalog } from "#lib/spec/backstage/catalog.ts";
import { component, group } from "#lib/spec/backstage/testing.ts";
import { formatFinding } from "#lib/spec/format.ts";

const KIND = "apiVersion: backstage.io/v1alpha1\nkind: Component\n";

/** What is wrong, the entity, and every error that is told, without the file's name. */
const REFUSED: readonly (readonly [string, string, readonly string[]])[] = [
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
  [
    "no YAML",
    "a: [",
    [
      "1:5: is not indented as its neighbours, or a bracket before it is not closed; line it up [yaml-syntax]",
    ],
  ],
  [
    "an indent with a tab",
    component().replace("  name: checkout", "\tname: checkout"),
    [
      "4:1: is indented with a tab; YAML wants spaces [yaml-syntax]",
      "5:16: has a second “: ” in one line; put the value in quotes [yaml-syntax]",
    ],
  ],
  [
    "a quote that is not closed",
    component({}, { name: '"checkout' }),
    [
      "10:28: something is missing here: a closing quote or bracket, or the colon after a name [yaml-syntax]",
    ],
  ],
  [
    "a list of texts",
    "- checkout\n- web",
    [
      '1:3 [0]: must be a map of fields, got "checkout" [wrong-type]',
      '2:3 [1]: must be a map of fields, got "web" [wrong-type]',
    ],
  ],
  ["a number", "42", ["1:1: must be a map of fields, got 42 [wrong-type]"]],
  [
    "a version that is a list",
    component().replace("backstage.io/v1alpha1", "[backstage.io/v1alpha1]"),
    ["1:13 apiVersion: must be a text, got a list [wrong-type]"],
  ],
  [
    "an empty version",
    component().replace(" backstage.io/v1alpha1", ""),
    ["1:1 apiVersion: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "a version that is a number",
    component().replace("backstage.io/v1alpha1", "1"),
    ["1:13 apiVersion: must be a text, got 1 [wrong-type]"],
  ],
  [
    "a version of its family without a number",
    component().replace("/v1alpha1", ""),
    [
      '1:13 apiVersion: must be backstage.io/v1alpha1 for a Component, got "backstage.io" [not-supported]',
    ],
  ],
  [
    "a version in another spelling",
    component().replace("backstage.io/v1alpha1", "Backstage.io/v1alpha1"),
    [
      '1:13 apiVersion: must be backstage.io/v1alpha1 for a Component, got "Backstage.io/v1alpha1" [not-supported]',
    ],
  ],
  [
    "another version, of a Group",
    group("shop").replace("v1alpha1", "v3"),
    [
      '1:13 apiVersion: must be backstage.io/v1alpha1 for a Group, got "backstage.io/v3" [not-supported]',
    ],
  ],
  [
    "a kind that is a list",
    component().replace("kind: Component", "kind: [Component]"),
    ["2:7 kind: must be a text, got a list [wrong-type]"],
  ],
  [
    "an empty kind",
    component().replace("kind: Component", "kind:"),
    ["2:1 kind: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "the version twice",
    `apiVersion: backstage.io/v1alpha1\n${component()}`,
    ["2:1 apiVersion: stands there twice; keep one of them [repeated-field]"],
  ],
  [
    "the kind twice",
    `kind: Component\n${component()}`,
    ["3:1 kind: stands there twice; keep one of them [repeated-field]"],
  ],
  [
    "metadata that are a text",
    `${KIND}metadata: checkout\nspec: { owner: a }`,
    ['3:11 metadata: must be a map of fields, got "checkout" [wrong-type]'],
  ],
  [
    "metadata that are empty",
    `${KIND}metadata:\nspec: { owner: a }`,
    ["3:1 metadata: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "a spec that is a list",
    `${KIND}metadata: { name: a }\nspec: []`,
    ["4:7 spec: must be a map of fields, got a list [wrong-type]"],
  ],
  [
    "a spec that is a text",
    `${KIND}metadata: { name: a }\nspec: service`,
    ['4:7 spec: must be a map of fields, got "service" [wrong-type]'],
  ],
  [
    "a spec that is empty",
    `${KIND}metadata: { name: a }\nspec:`,
    ["4:1 spec: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "an empty name",
    component({}, { name: "" }),
    ["4:3 metadata.name: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "a name of blanks",
    component({}, { name: "'  '" }),
    ["4:9 metadata.name: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "a name that is a list",
    component({}, { name: "[checkout]" }),
    ["4:9 metadata.name: must be a text, got a list [wrong-type]"],
  ],
  [
    "a name that is true",
    component({}, { name: "true" }),
    ["4:9 metadata.name: must be a text, got true; put it in quotes [wrong-type]"],
  ],
  [
    "a name that YAML reads as nothing",
    component({}, { name: "null" }),
    ["4:3 metadata.name: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "a name with its namespace",
    component({}, { name: "default/checkout" }),
    [
      '4:9 metadata.name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "default/checkout"; write default-checkout [bad-name]',
    ],
  ],
  [
    "a name that ends in a dash",
    component({}, { name: "checkout-" }),
    [
      '4:9 metadata.name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "checkout-"; write checkout [bad-name]',
    ],
  ],
  [
    "a name that begins with a dot",
    component({}, { name: ".checkout" }),
    [
      '4:9 metadata.name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got ".checkout"; write checkout [bad-name]',
    ],
  ],
  [
    "a name with accents",
    component({}, { name: "Kasse-für-alle" }),
    [
      '4:9 metadata.name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "Kasse-für-alle"; write Kasse-fur-alle [bad-name]',
    ],
  ],
  [
    "a name of signs alone",
    component({}, { name: "'---'" }),
    [
      '4:9 metadata.name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "---" [bad-name]',
    ],
  ],
  [
    "a name that is too long",
    component({}, { name: "x".repeat(101) }),
    ["4:9 metadata.name: has 101 characters, at most 100 are allowed [bad-name]"],
  ],
  [
    "the name twice",
    component({}, { name: "a\n  name: b" }),
    ["5:3 metadata.name: stands there twice; keep one of them [repeated-field]"],
  ],
  [
    "a name with an alias to nothing",
    component({}, { name: "*checkout" }),
    [
      "4:9 metadata.name: there is no anchor &checkout before this alias; write one or the value itself [yaml-alias]",
    ],
  ],
  [
    "a name with a tag",
    component({}, { name: "!secret checkout" }),
    ["4:17 metadata.name: has the tag !secret; tags are not supported, take it out [yaml-tag]"],
  ],
  [
    "a description that is a number",
    component({}, { description: "7" }),
    ["5:16 metadata.description: must be a text, got 7 [wrong-type]"],
  ],
  [
    "a description that is a list",
    component({}, { description: "[Takes the money]" }),
    ["5:16 metadata.description: must be a text, got a list [wrong-type]"],
  ],
  [
    "an empty owner",
    component({ owner: "" }),
    ["10:3 spec.owner: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "an owner of blanks",
    component({ owner: "' '" }),
    ["10:10 spec.owner: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "an owner that is a map",
    component({ owner: "{ group: shop }" }),
    ["10:10 spec.owner: must be a text, got a map [wrong-type]"],
  ],
  [
    "an owner that is a number",
    component({ owner: "7" }),
    ["10:10 spec.owner: must be a text, got 7 [wrong-type]"],
  ],
  [
    "an owner that is true",
    component({ owner: "true" }),
    ["10:10 spec.owner: must be a text, got true [wrong-type]"],
  ],
  [
    "an owner without a name",
    component({ owner: "'group:default/'" }),
    [
      '10:10 spec.owner: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "group:default/" [bad-name]',
    ],
  ],
  [
    "an owner of signs alone",
    component({ owner: "'???'" }),
    [
      '10:10 spec.owner: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "???" [bad-name]',
    ],
  ],
  [
    "an owner twice",
    component({ owner: "a\n  owner: b" }),
    ["11:3 spec.owner: stands there twice; keep one of them [repeated-field]"],
  ],
  [
    "a type that is a list",
    component({ type: "[service]" }),
    ["8:9 spec.type: must be a text, got a list [wrong-type]"],
  ],
  [
    "an empty type",
    component({ type: "" }),
    ["8:3 spec.type: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "a system that is a list",
    component({ system: "[shop]" }),
    ["11:11 spec.system: must be a text, got a list [wrong-type]"],
  ],
  [
    "an empty system",
    component({ system: "''" }),
    ["11:11 spec.system: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "annotations that are a list",
    component({}, { annotations: "[github.com/project-slug]" }),
    ["6:16 metadata.annotations: must be a map of fields, got a list [wrong-type]"],
  ],
  [
    "annotations that are empty",
    component({}, { annotations: "" }),
    ["6:3 metadata.annotations: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "an annotation twice",
    component({}, { annotations: "{ a/b: x, a/b: y }" }),
    ['6:26 metadata.annotations["a/b"]: stands there twice; keep one of them [repeated-field]'],
  ],
  [
    "a slug that is a list",
    component({}, { annotations: "{ github.com/project-slug: [myorg, checkout] }" }),
    [
      '6:43 metadata.annotations["github.com/project-slug"]: must be a text, got a list [wrong-type]',
    ],
  ],
  [
    "a slug that is a number",
    component({}, { annotations: "{ github.com/project-slug: 7 }" }),
    ['6:43 metadata.annotations["github.com/project-slug"]: must be a text, got 7 [wrong-type]'],
  ],
  [
    "an empty slug",
    component({}, { annotations: "{ github.com/project-slug: '' }" }),
    [
      '6:43 metadata.annotations["github.com/project-slug"]: is empty; give it a value or take the line out [empty-field]',
    ],
  ],
  [
    "a slug with a folder",
    component({}, { annotations: "{ github.com/project-slug: myorg/checkout/api }" }),
    [
      '6:43 metadata.annotations["github.com/project-slug"]: must be the repository as owner/name, got "myorg/checkout/api" [bad-name]',
    ],
  ],
  [
    "a slug with a blank",
    component({}, { annotations: "{ github.com/project-slug: 'my org/checkout' }" }),
    [
      '6:43 metadata.annotations["github.com/project-slug"]: must be the repository as owner/name, got "my org/checkout" [bad-name]',
    ],
  ],
  [
    "a slug without a name",
    component({}, { annotations: "{ github.com/project-slug: myorg/ }" }),
    [
      '6:43 metadata.annotations["github.com/project-slug"]: must be the repository as owner/name, got "myorg/" [bad-name]',
    ],
  ],
  [
    "a slug that leads upwards",
    component({}, { annotations: "{ github.com/project-slug: myorg/.. }" }),
    [
      '6:43 metadata.annotations["github.com/project-slug"]: must be the repository as owner/name, got "myorg/.." [bad-name]',
    ],
  ],
  [
    "links that are a text",
    component({}, { links: "https://a.example" }),
    [
      '7:10 metadata.links: must be a list (lines that begin with “- ”), got "https://a.example" [wrong-type]',
    ],
  ],
  [
    "a link that is a text",
    component({}, { links: "[https://a.example]" }),
    ['7:11 metadata.links[0]: must be a map of fields, got "https://a.example" [wrong-type]'],
  ],
  [
    "a link with an empty address",
    component({}, { links: "[{ url: '' }]" }),
    ["7:18 metadata.links[0].url: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "a link without its scheme",
    component({}, { links: "[{ url: a.example/docs }]" }),
    [
      '7:18 metadata.links[0].url: must be an address that begins with https:// or http://, got "a.example/docs" [bad-url]',
    ],
  ],
  [
    "a link to a file",
    component({}, { links: "[{ url: 'file:///etc/passwd' }]" }),
    [
      '7:18 metadata.links[0].url: must be an address that begins with https:// or http://, got "file:///etc/passwd" [bad-url]',
    ],
  ],
  [
    "a link whose address is a list",
    component({}, { links: "[{ url: [] }]" }),
    ["7:18 metadata.links[0].url: must be a text, got a list [wrong-type]"],
  ],
  [
    "a link whose title is a map",
    component({}, { links: "[{ url: 'https://a.example', title: {} }]" }),
    ["7:46 metadata.links[0].title: must be a text, got a map [wrong-type]"],
  ],
  [
    "a link with its address twice",
    component({}, { links: "[{ url: 'https://a.example', url: 'https://b.example' }]" }),
    ["7:39 metadata.links[0].url: stands there twice; keep one of them [repeated-field]"],
  ],
  [
    "two links that are wrong",
    component({}, { links: "[{ url: 'mailto:a@b.example' }, { title: b }]" }),
    [
      '7:18 metadata.links[0].url: must be an address that begins with https:// or http://, got "mailto:a@b.example" [bad-url]',
      "7:42 metadata.links[1].url: is missing; write url: https://… [missing-field]",
    ],
  ],
  [
    "several mistakes",
    component({ owner: "[a]", system: "7" }, { name: "'a b'", links: "x" }),
    [
      '4:9 metadata.name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "a b"; write a-b [bad-name]',
      '7:10 metadata.links: must be a list (lines that begin with “- ”), got "x" [wrong-type]',
      "11:10 spec.owner: must be a text, got a list [wrong-type]",
      "12:11 spec.system: must be a text, got 7 [wrong-type]",
    ],
  ],
  [
    "a group with a name of signs",
    group("'***'"),
    [
      '3:19 metadata.name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "***" [bad-name]',
    ],
  ],
  [
    "a group with a name that is a number",
    group("7"),
    ["3:19 metadata.name: must be a text, got 7; put it in quotes [wrong-type]"],
  ],
  [
    "a group with a title that is a list",
    group("shop", "title: [a]"),
    ["3:32 metadata.title: must be a text, got a list [wrong-type]"],
  ],
  [
    "a group with an empty title",
    group("shop", "title: ''"),
    ["3:32 metadata.title: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "a group without a spec",
    "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: a }",
    ["1:1 spec: is missing; write spec: with a type [missing-field]"],
  ],
  [
    "a group without metadata",
    "apiVersion: backstage.io/v1alpha1\nkind: Group\nspec: { type: team }",
    ["1:1 metadata: is missing; write metadata: with a name [missing-field]"],
  ],
];

test.each(REFUSED)("an entity with %s is told with its place and left out", (_, text, expected) => {
  const { services, teams, findings } = readCatalog([{ file: "a.yaml", text }]);
  expect(findings.map(formatFinding)).toEqual(expected.map((line) => `a.yaml:${line}`));
  expect([...services, ...teams]).toEqual([]);
});

test("at least sixty entities are refused, no two of them alike", () => {
  expect(new Set(REFUSED.map(([, text]) => text)).size).toBe(REFUSED.length);
  expect(REFUSED.length).toBeGreaterThanOrEqual(60);
});
