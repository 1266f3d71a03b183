import { defaultAlerting } from "#lib/spec/details.ts";
import { openMap, readBoolean, readNote, readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { AlertingOptions, SliDefinition } from "#lib/spec/model.ts";
import { present } from "#lib/spec/names.ts";

const KNOWN = ["disabled", "burnrates", "absent", "name", "absentName", "burnRateType"];

/**
 * Whether there are burn-rate alerts; what alerts are called and alerts about absence are told as lost.
 * @example readPyrraAlerting(node of "{ burnrates: false }", "events", findings).page // false
 */
export function readPyrraAlerting(
  node: Located | null,
  kind: SliDefinition["kind"],
  findings: Findings,
): AlertingOptions {
  const usual = defaultAlerting(kind);
  const fields = node && openMap(node, KNOWN, findings);
  if (!fields) return usual;
  const disabled = readBoolean(fields.get("disabled"), findings) ?? false;
  const burnrates = readBoolean(fields.get("burnrates"), findings) ?? true;
  readBoolean(fields.get("absent"), findings);
  for (const name of ["name", "absentName"]) readNote(fields.get(name), findings);
  if (present(fields, ["name", "absentName"]).length > 0) findings.loss(node, "alert-texts", NAMES);
  readBurnRateType(fields.get("burnRateType"), findings);
  const on = burnrates && !disabled;
  return { ...usual, page: on, ticket: on };
}

const NAMES = "the names of alerts are not carried over; alerts carry the SLO's own labels";

function readBurnRateType(node: Located | null, findings: Findings): void {
  const text = readText(node, findings);
  if (text === null || node === null || text === "static") return;
  if (text === "dynamic") {
    findings.loss(node, "not-carried", "burn rates that follow the traffic are not carried over");
    return;
  }
  findings.error(node, "wrong-type", `must be static or dynamic, got ${describe(node)}`);
}
