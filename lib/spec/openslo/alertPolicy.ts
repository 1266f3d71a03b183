import { type Fields, openMap, readBoolean, readList, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import { present } from "#lib/spec/names.ts";
import { type ConditionTier, readCondition } from "#lib/spec/openslo/condition.ts";
import { type Envelope, readDescription, readInline } from "#lib/spec/openslo/envelope.ts";
import { type OpenSloObject, type OpenSloObjects, where } from "#lib/spec/openslo/objects.ts";

/** The tiers of one alert policy: none when it does not alert while breaching. */
export type PolicyTiers = readonly ConditionTier[];

export interface PolicyContext {
  readonly objects: OpenSloObjects;
  readonly conditions: ReadonlyMap<OpenSloObject, ConditionTier | null>;
  readonly findings: Findings;
}

const SPEC = [
  "description",
  "alertWhenNoData",
  "alertWhenResolved",
  "alertWhenBreaching",
  "conditions",
  "notificationTargets",
];

/**
 * Reads the `spec` of an AlertPolicy. Notification targets are checked and not carried over.
 * @example readAlertPolicy(envelope, context)?.length // 1
 */
export function readAlertPolicy(
  { spec: node }: Envelope,
  context: PolicyContext,
): PolicyTiers | null {
  const { findings } = context;
  const spec = node && openMap(node, SPEC, findings);
  if (!spec) return null;
  readDescription(spec.get("description"), findings);
  const breaching = readBoolean(spec.get("alertWhenBreaching"), findings) ?? true;
  tellOtherwise(spec, findings);
  const tiers = readConditions(spec, context);
  readTargets(spec, context);
  return breaching ? tiers : [];
}

/** Alerts about absent data and about an end are sent by rules of Plimsoll's own. */
function tellOtherwise(spec: Fields, findings: Findings): void {
  for (const name of ["alertWhenNoData", "alertWhenResolved"]) {
    const node = spec.get(name);
    if (!readBoolean(node, findings) || !node) continue;
    findings.loss(node, "not-carried", "is not carried over: only breaching makes an alert");
  }
}

function readConditions(spec: Fields, context: PolicyContext): ConditionTier[] {
  const { findings } = context;
  const write = "conditions: with one condition or conditionRef";
  const node = requireField(spec, "conditions", { write, findings });
  const items = readList(node, findings) ?? [];
  if (node?.kind === "list" && items.length !== 1) {
    const message = `must hold exactly one condition, got ${items.length}; write a policy for each`;
    findings.error(node, "sli-shape", message);
  }
  return items.flatMap((item) => readOne(item, context) ?? []);
}

function readOne(item: Located, context: PolicyContext): ConditionTier | null {
  const { objects, conditions, findings } = context;
  const ref = referenceIn(item, "conditionRef", findings);
  if (ref === null) {
    const inline = readInline(item, "AlertCondition", findings);
    return inline && readCondition(inline, findings);
  }
  const object = objects.refer("AlertCondition", ref, findings);
  const tier = object && conditions.get(object);
  if (object && !tier) {
    const at = where(object.findings, object.envelope.node);
    const message = `the AlertCondition ${object.envelope.name} in ${at} has errors; correct them there`;
    findings.error(ref, "broken-reference", message);
  }
  return tier ?? null;
}

/**
 * The reference that an item of a list may be instead of the object itself; null when it is that.
 * @example referenceIn(node of "{ conditionRef: fast }", "conditionRef", findings)?.kind // "text"
 */
export function referenceIn(item: Located, name: string, findings: Findings): Located | null {
  if (item.kind !== "map" || !item.entries.has(name)) return null;
  return openMap(item, [name], findings)?.get(name) ?? null;
}

function readTargets(spec: Fields, { objects, findings }: PolicyContext): void {
  const node = spec.get("notificationTargets");
  const items = readList(node, findings) ?? [];
  for (const item of items) {
    const ref = referenceIn(item, "targetRef", findings);
    if (ref) {
      objects.refer("AlertNotificationTarget", ref, findings);
      continue;
    }
    const inline = readInline(item, "AlertNotificationTarget", findings);
    const inner = inline?.spec && openMap(inline.spec, ["description", "target"], findings);
    if (inner && present(inner, ["target"]).length === 0) {
      requireField(inner, "target", { write: "target: email", findings });
    }
  }
  if (node && items.length > 0) {
    findings.loss(node, "not-carried", "who is told is set up in Plimsoll, not in documents");
  }
}
