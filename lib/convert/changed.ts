import { canonicalJson } from "#lib/dora/canonical.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/**
 * The fields in which two SLOs differ; how a length is written ("1w" or "7d") does not matter.
 * @example changedFields(definition, { ...definition, objective: 0.9 }) // ["objective"]
 */
export function changedFields(before: SloDefinition, after: SloDefinition): string[] {
  const [one, other] = [fieldsOf(before), fieldsOf(after)];
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => one.get(name) !== other.get(name));
}

/** Each field as text; absent fields are left out, and so is where an exclusion stands. */
function fieldsOf({ window, exclusions, ...rest }: SloDefinition): Map<string, string> {
  const fields = {
    ...rest,
    window: window.kind === "rolling" ? window.ms : window,
    exclusions: exclusions?.map(({ file: _file, of: _of, ...said }) => said),
  };
  return new Map(
    Object.entries(fields).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, canonicalJson(JSON.parse(JSON.stringify(value)))]],
    ),
  );
}
