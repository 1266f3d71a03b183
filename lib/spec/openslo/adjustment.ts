import { readTimes, type SaidTimes } from "#lib/spec/exclusion.ts";
import { type Fields, openMap, readList, readNote, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import { readIgnoredMap } from "#lib/spec/metadata.ts";
import type { SaidExclusion } from "#lib/spec/model.ts";
import { readName } from "#lib/spec/names.ts";
import { readDescription } from "#lib/spec/openslo/envelope.ts";

/** An exclusion that stands in a document of its own, and what it is about. */
export interface Adjustment {
  readonly said: Omit<SaidExclusion, "of">;
  readonly targets: readonly Target[];
}

/** Every SLO of a service, or one SLO; `project` says of which service where several have the name. */
export type Target =
  | { readonly node: Located; readonly service: string }
  | { readonly node: Located; readonly slo: string; readonly project: string | null };

const SPEC = [
  "description",
  "service",
  "indicatorRef",
  "filters",
  "startTime",
  "firstEventStart",
  "endTime",
  "duration",
  "rrule",
  "overrides",
];

/**
 * Reads a BudgetAdjustment, as the draft of OpenSLO v2 has it (`service`, `startTime`) or as Nobl9 does
 * (`filters`, `firstEventStart`); null, and errors at their places, where it cannot be followed.
 * @example readAdjustment(root of kind BudgetAdjustment, findings)?.targets.length // 1
 */
export function readAdjustment(root: Located, findings: Findings): Adjustment | null {
  const before = findings.errors;
  const fields = openMap(root, ["apiVersion", "kind", "metadata", "spec"], findings);
  if (!fields) return null;
  const write = (example: string) => ({ write: example, findings });
  const title = readTitle(
    requireField(fields, "metadata", write("metadata: with a name")),
    findings,
  );
  const node = requireField(fields, "spec", write("spec: with what is left out, and when"));
  const spec = node && openMap(node, SPEC, findings);
  if (!spec) return null;
  refuseUnsaid(spec, findings);
  const reason = readDescription(spec.get("description"), findings) ?? title;
  const times = readSpecTimes(spec, findings);
  const targets = readTargets(spec, findings);
  if (findings.errors > before || title === null || reason === null || !times) return null;
  return { said: { title, reason, ...times, file: findings.file }, targets };
}

function readTitle(node: Located | null, findings: Findings): string | null {
  const metadata =
    node && openMap(node, ["name", "displayName", "labels", "annotations"], findings);
  if (!metadata) return null;
  const write = { write: "name: its-name", findings };
  const name = readName(requireField(metadata, "name", write), findings);
  for (const part of ["labels", "annotations"]) {
    const ignored = metadata.get(part);
    if (ignored && readIgnoredMap(ignored, findings)) {
      findings.loss(ignored, "not-carried", `${part} of a BudgetAdjustment are not carried over`);
    }
  }
  return readNote(metadata.get("displayName"), findings) ?? name;
}

function refuseUnsaid(spec: Fields, findings: Findings): void {
  const [indicator, overrides] = [spec.get("indicatorRef"), spec.get("overrides")];
  if (indicator) findings.error(indicator, "not-supported", INDICATOR);
  if (overrides) findings.error(overrides, "not-supported", OVERRIDES);
}

const INDICATOR =
  "is not supported; name the SLOs under filters, or take it out for every SLO of the service";
const OVERRIDES =
  "is not supported; end the recurrence with UNTIL, and write a BudgetAdjustment for each other time";

function readSpecTimes(spec: Fields, findings: Findings): SaidTimes | null {
  const start = onlyOne(spec, ["startTime", "firstEventStart"], findings);
  const [end, duration] = [spec.get("endTime"), spec.get("duration")];
  if (!end) requireField(spec, "duration", { write: "duration: 1h", findings });
  if (start === null) return null;
  return readTimes({ start, end, duration, rrule: spec.get("rrule"), zone: null }, findings);
}

function readTargets(spec: Fields, findings: Findings): Target[] {
  const node = onlyOne(spec, ["service", "filters"], findings);
  if (node === null) return [];
  if (node === spec.get("service")) {
    const service = readName(node, findings);
    return service === null ? [] : [{ node, service }];
  }
  const filters = openMap(node, ["slos"], findings);
  const write = { write: "slos: with their names", findings };
  const list = filters && requireField(filters, "slos", write);
  const items = readList(list, findings) ?? [];
  if (list && items.length === 0) {
    findings.error(list, "empty-field", "must hold at least one SLO");
  }
  return items.flatMap((item) => readTarget(item, findings) ?? []);
}

function readTarget(item: Located, findings: Findings): Target | null {
  const fields = openMap(item, ["name", "project"], findings);
  const write = { write: "name: of the SLO", findings };
  const node = fields && requireField(fields, "name", write);
  const slo = readName(node, findings);
  const project = readName(fields?.get("project") ?? null, findings);
  return node && slo !== null ? { node, slo, project } : null;
}

/** One of two fields that say the same. */
function onlyOne(spec: Fields, names: readonly [string, string], findings: Findings) {
  const [one, other] = [spec.get(names[0]), spec.get(names[1])];
  if ((one === null) !== (other === null)) return one ?? other;
  const got = one ? "both are there" : "neither is there";
  const message = `must have exactly one of ${names.join(" or ")}; ${got}`;
  return findings.error(spec.node, "exclusion-shape", message);
}
