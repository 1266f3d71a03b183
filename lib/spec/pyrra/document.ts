import { DEFAULT_POLICY } from "#lib/policy/policy.ts";
import {
  type Fields,
  openMap,
  readBoolean,
  readNote,
  readText,
  requireField,
} from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { LocatedSlo, SloDefinition } from "#lib/spec/model.ts";
import { readPyrraAlerting } from "#lib/spec/pyrra/alerting.ts";
import { readIndicator } from "#lib/spec/pyrra/indicator.ts";
import { readPyrraMetadata } from "#lib/spec/pyrra/metadata.ts";
import { readPercentText } from "#lib/spec/pyrra/target.ts";
import { readRollingWindow } from "#lib/spec/window.ts";

const SPEC = [
  "description",
  "target",
  "window",
  "indicator",
  "alerting",
  "partial_response_strategy",
  "performance_over_accuracy",
];

/**
 * Reads a ServiceLevelObjective of Pyrra: one SLO, with the labels that it is grouped by.
 * @example readPyrra(root, findings)[0]?.definition.grouping // ["handler"]
 */
export function readPyrra(root: Located, findings: Findings): LocatedSlo[] {
  const before = findings.errors;
  const top = openMap(root, ["apiVersion", "kind", "metadata", "spec", "status"], findings);
  if (!top) return [];
  const write = { write: "metadata: with a name", findings };
  const metadata = readPyrraMetadata(requireField(top, "metadata", write), findings);
  const node = requireField(top, "spec", {
    write: "spec: with target, window and indicator",
    findings,
  });
  const spec = node && openMap(node, SPEC, findings);
  const measured = spec && readSpec(spec, findings);
  if (!metadata || !measured || findings.errors > before) return [];
  const { line, column, path } = root;
  const place = { file: findings.file, line, column, path };
  return [{ definition: { ...metadata, ...measured, ...UNSAID }, place }];
}

/** What Pyrra's documents have no field for. */
const UNSAID = {
  policy: DEFAULT_POLICY,
  enforced: true,
  formerly: [],
  runbook: null,
  dashboard: null,
  datasource: null,
} as const;

type Measured = Pick<
  SloDefinition,
  "objective" | "window" | "description" | "sli" | "alerting" | "grouping"
>;

function readSpec(spec: Fields, findings: Findings): Measured | null {
  const need = (name: string, example: string) =>
    requireField(spec, name, { write: `${name}: ${example}`, findings });
  const objective = readPercentText(need("target", "'99.5'"), findings);
  const window = readRollingWindow(need("window", "28d"), findings);
  const measured = readIndicator(
    need("indicator", "with ratio, latency, latencyNative or bool_gauge"),
    findings,
  );
  const description = readNote(spec.get("description"), findings);
  const kind = measured?.sli.kind ?? "events";
  const alerting = readPyrraAlerting(spec.get("alerting"), kind, findings);
  readRuleOptions(spec, findings);
  if (objective === null || window === null || measured === null) return null;
  return { objective, window, description, alerting, ...measured };
}

/** They say how Pyrra's own rules are to be evaluated, which is of no use here. */
function readRuleOptions(spec: Fields, findings: Findings): void {
  const strategy = spec.get("partial_response_strategy");
  const text = readText(strategy, findings);
  if (strategy && text !== null && text !== "abort" && text !== "warn") {
    const message = `must be abort or warn, got ${describe(strategy)}`;
    findings.error(strategy, "wrong-type", message);
  }
  readBoolean(spec.get("performance_over_accuracy"), findings);
}
