import { readEvents } from "#lib/spec/events.ts";
import { type Fields, openMap, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { present } from "#lib/spec/names.ts";
import { readQuery } from "#lib/spec/query.ts";
import type { Spelling } from "#lib/spec/sloth/spelling.ts";

const KINDS = ["events", "raw", "plugin"];

/**
 * An SLI of a Sloth document: error and total events, or a ready-made error ratio.
 * @example readSlothSli(node of "{ plugin: { id: x } }", SNAKE, findings) // null, and an error
 */
export function readSlothSli(
  node: Located | null,
  spelling: Spelling,
  findings: Findings,
): SliDefinition | null {
  const sli = node && openMap(node, KINDS, findings);
  if (!sli) return null;
  const given = present(sli, KINDS);
  if (given.length !== 1) {
    const got = given.length === 0 ? "neither is there" : `${given.join(" and ")} are there`;
    return findings.error(sli.node, "sli-shape", `must have exactly one of events or raw; ${got}`);
  }
  const plugin = sli.get("plugin");
  if (plugin) return findings.error(plugin, "sloth-plugin", PLUGIN);
  const [events, raw] = [sli.get("events"), sli.get("raw")];
  if (events) return readSlothEvents(events, spelling, findings);
  return raw && readRaw(raw, spelling, findings);
}

const PLUGIN =
  "SLI plugins are programs that cannot run here; write the queries that the plugin makes as events";

function readSlothEvents(
  node: Located,
  spelling: Spelling,
  findings: Findings,
): SliDefinition | null {
  const { errorQuery, totalQuery } = spelling;
  const fields = openMap(node, [errorQuery, totalQuery], findings);
  if (!fields) return null;
  const need = (name: string, what: string) =>
    requireField(fields, name, { write: `${name}: a query that counts ${what}`, findings });
  const nodes = {
    numerator: need(errorQuery, "bad events"),
    total: need(totalQuery, "all events"),
  };
  const sli = readEvents(nodes, "bad", findings);
  if (sli) tellFixedWindows(fields, [errorQuery, totalQuery], findings);
  return sli;
}

function readRaw(node: Located, spelling: Spelling, findings: Findings): SliDefinition | null {
  const name = spelling.errorRatioQuery;
  const fields = openMap(node, [name], findings);
  if (!fields) return null;
  const field = requireField(fields, name, {
    write: `${name}: a query that gives the error ratio`,
    findings,
  });
  const query = readQuery(field, findings);
  if (query === null || field === null) return null;
  findings.loss(field, "ratio-only", RATIO_ONLY);
  tellFixedWindows(fields, [name], findings);
  return { kind: "ratio", query, counts: "bad" };
}

const RATIO_ONLY =
  "only a ratio is known: counted in minutes, not weighted by traffic; events with two queries are exact";

/** Sloth itself would put the same fixed window into all of its rules. */
function tellFixedWindows(fields: Fields, names: readonly string[], findings: Findings): void {
  for (const name of names) {
    const node = fields.get(name);
    if (node?.kind !== "text" || node.value.includes(".window")) continue;
    findings.lint(node, "no-window-template", FIXED);
  }
}

const FIXED =
  "has no [{{.window}}]: it is counted here, but Sloth's rules would use this one window for all of theirs";
