/** Small entities for tests: right ones, with fields replaced, added or (null) taken out. */

type Changes = Readonly<Record<string, string | null>>;

/** A Component; the fields of `metadata` begin in line 4, those of `spec` in line 8, both in column 3. */
export function component(spec: Changes = {}, metadata: Changes = {}): string {
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

/** A Group; its metadata stand in line 3, column 11. */
export function group(name: string, metadata = `title: The ${name}`): string {
  return [
    "apiVersion: backstage.io/v1alpha1",
    "kind: Group",
    `metadata: { name: ${name}, ${metadata} }`,
    "spec: { type: team, children: [] }",
  ].join("\n");
}
