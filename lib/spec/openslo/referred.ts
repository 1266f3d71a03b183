import { openMap, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import { readIgnoredMap, readTeamLabel, TEAM_LABELS } from "#lib/spec/metadata.ts";
import { type PolicyTiers, readAlertPolicy } from "#lib/spec/openslo/alertPolicy.ts";
import { type ConditionTier, readCondition } from "#lib/spec/openslo/condition.ts";
import { type Envelope, readDescription } from "#lib/spec/openslo/envelope.ts";
import { type Indicator, readIndicator } from "#lib/spec/openslo/indicator.ts";
import { type OpenSloObject, type OpenSloObjects, where } from "#lib/spec/openslo/objects.ts";
import { readSourceType } from "#lib/spec/openslo/source.ts";

/** What OpenSLO's SLOs refer to, each object read once; null marks one with errors. */
export interface Referred {
  readonly objects: OpenSloObjects;
  readonly indicators: ReadonlyMap<OpenSloObject, Indicator | null>;
  readonly conditions: ReadonlyMap<OpenSloObject, ConditionTier | null>;
  readonly policies: ReadonlyMap<OpenSloObject, PolicyTiers | null>;
}

/**
 * Reads every object but the SLOs, whether something refers to it or not.
 * @example readReferred(objects).indicators.size // as many as there are SLIs
 */
export function readReferred(objects: OpenSloObjects): Referred {
  const indicators = new Map<OpenSloObject, Indicator | null>();
  const conditions = new Map<OpenSloObject, ConditionTier | null>();
  const policies = new Map<OpenSloObject, PolicyTiers | null>();
  /** An object with an error anywhere in it, or a double, says nothing that can be relied on. */
  const whole = <T>(object: OpenSloObject, read: () => T | null): T | null => {
    const { envelope, findings } = object;
    const before = findings.errors;
    const value = read();
    const right = envelope.whole && findings.errors === before && !objects.isAmbiguous(object);
    return right ? value : null;
  };
  const readAll = (kind: OpenSloObject["kind"], read: (object: OpenSloObject) => void) =>
    objects.all.filter((object) => object.kind === kind).forEach(read);
  readAll("DataSource", ({ envelope, findings }) => readDataSource(envelope, findings));
  readAll("Service", ({ envelope, findings }) => readService(envelope, findings));
  readAll("AlertNotificationTarget", ({ envelope, findings }) => readTarget(envelope, findings));
  readAll("SLI", (object) => {
    const { envelope, findings } = object;
    indicators.set(
      object,
      whole(object, () => readIndicator(envelope, objects, findings)),
    );
  });
  readAll("AlertCondition", (object) => {
    const { envelope, findings } = object;
    conditions.set(
      object,
      whole(object, () => readCondition(envelope, findings)),
    );
  });
  readAll("AlertPolicy", (object) => {
    const { envelope, findings } = object;
    const context = { objects, conditions, findings };
    policies.set(
      object,
      whole(object, () => readAlertPolicy(envelope, context)),
    );
  });
  return { objects, indicators, conditions, policies };
}

/**
 * Says that a reference leads to an object with errors.
 * @example tellBroken(object, node, findings) // null, and "a.yaml:3 has errors; correct them there first"
 */
export function tellBroken(object: OpenSloObject, node: Located, findings: Findings): null {
  const { kind, envelope } = object;
  const message = `the ${kind} ${envelope.name} in ${where(object.findings, envelope.node)} has errors; correct them there`;
  return findings.error(node, "broken-reference", message);
}

function readDataSource({ spec: node }: Envelope, findings: Findings): void {
  const spec = node && openMap(node, ["description", "type", "connectionDetails"], findings);
  if (!spec) return;
  readDescription(spec.get("description"), findings);
  readSourceType(requireField(spec, "type", { write: "type: Prometheus", findings }), findings);
  const details = spec.get("connectionDetails");
  if (details && readIgnoredMap(details, findings)) {
    findings.loss(details, "not-carried", CONNECTION);
  }
}

const CONNECTION =
  "connections are not taken from documents: plimsoll.yaml has the source of this name";

function readService({ spec: node, labelsNode }: Envelope, findings: Findings): void {
  readTeamLabel(labelsNode, TEAM_LABELS, findings);
  const spec = node && node.kind !== "empty" ? openMap(node, ["description"], findings) : null;
  if (spec) readDescription(spec.get("description"), findings);
}

function readTarget({ spec: node }: Envelope, findings: Findings): void {
  const spec = node && openMap(node, ["description", "target"], findings);
  if (!spec) return;
  readDescription(spec.get("description"), findings);
  readText(requireField(spec, "target", { write: "target: email", findings }), findings);
}
