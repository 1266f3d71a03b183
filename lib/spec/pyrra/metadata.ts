import { openMap, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import {
  readIgnoredMap,
  readResourceLabels,
  readTeamLabel,
  TEAM_LABELS,
} from "#lib/spec/metadata.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { readName } from "#lib/spec/names.ts";

const KNOWN = ["name", "namespace", "labels", "annotations"];

/** Pyrra hands labels with this prefix on to its alerts. */
const PREFIX = "pyrra.dev/";

/** Pyrra knows no services; by custom one of these labels names it. */
const SERVICE = [`${PREFIX}service`, "service", "app.kubernetes.io/name", "app"];

/**
 * The names of a Pyrra SLO: the service stands in a label, else the namespace is taken for it, else
 * the SLO's own name.
 * @example readPyrraMetadata(node of "{ name: errors, labels: { service: api } }", findings)?.service // "api"
 */
export function readPyrraMetadata(
  node: Located | null,
  findings: Findings,
): Pick<SloDefinition, "service" | "name" | "team" | "labels"> | null {
  const fields = node && openMap(node, KNOWN, findings);
  if (!fields) return null;
  const nameNode = requireField(fields, "name", { write: "name: its-name", findings });
  const name = readName(nameNode, findings);
  const labelsNode = fields.get("labels");
  const labels = readResourceLabels(withoutService(labelsNode), findings, PREFIX);
  const annotations = fields.get("annotations");
  if (annotations && readIgnoredMap(annotations, findings)) {
    findings.loss(annotations, "not-carried", "annotations are not carried over");
  }
  const teams = [...TEAM_LABELS.map((label) => PREFIX + label), ...TEAM_LABELS];
  const team = readTeamLabel(labelsNode, teams, findings);
  const namespace = fields.get("namespace");
  readText(namespace, findings);
  const service = readService(labelsNode, namespace ?? nameNode, findings);
  return name === null || service === null ? null : { service, name, team, labels };
}

/** The service is said by itself, so its label is not one more. */
function withoutService(node: Located | null): Located | null {
  if (node?.kind !== "map") return node;
  const entries = [...node.entries].filter(([name]) => name !== `${PREFIX}service`);
  return { ...node, entries: new Map(entries) };
}

function readService(
  labels: Located | null,
  otherwise: Located | null,
  findings: Findings,
): string | null {
  const entries = labels?.kind === "map" ? labels.entries : null;
  const said = SERVICE.map((name) => entries?.get(name)?.value).find((n) => n?.kind === "text");
  if (said) return readName(said, findings);
  if (otherwise?.kind !== "text") return null;
  const service = readName(otherwise, findings);
  if (service === null) return null;
  const message = `is taken as the service; write the label ${PREFIX}service to say otherwise`;
  findings.loss(otherwise, "service-assumed", message);
  return service;
}
