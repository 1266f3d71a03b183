import { DEFAULT_POLICY } from "#lib/policy/policy.ts";
import { type Fields, openMap, readList, readText, requireField } from "#lib/spec/fields.ts";
import { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import { readTeamLabel, TEAM_LABELS } from "#lib/spec/metadata.ts";
import type { LocatedSlo, SloDefinition } from "#lib/spec/model.ts";
import { readName } from "#lib/spec/names.ts";
import { readAlertPolicies } from "#lib/spec/openslo/alerting.ts";
import { type Envelope, readDescription, readInline } from "#lib/spec/openslo/envelope.ts";
import { type Indicator, readIndicator } from "#lib/spec/openslo/indicator.ts";
import { nameObjectives } from "#lib/spec/openslo/names.ts";
import { type Method, type Objective, readObjective } from "#lib/spec/openslo/objectives.ts";
import { type Referred, tellBroken } from "#lib/spec/openslo/referred.ts";
import { sliOf } from "#lib/spec/openslo/sli.ts";
import { readTimeWindow } from "#lib/spec/openslo/window.ts";

const SPEC = [
  "description",
  "service",
  "indicator",
  "indicatorRef",
  "timeWindow",
  "budgetingMethod",
  "objectives",
  "alertPolicies",
];

/**
 * Reads a document of OpenSLO v1: of kind SLO one SLO for each objective, of other kinds none.
 * @example readOpenSlo(root of kind SLO, findings, references).length // 1
 */
export function readOpenSlo(
  root: Located,
  findings: Findings,
  { openSlo }: { readonly openSlo: Referred },
): LocatedSlo[] {
  const object = openSlo.objects.at(root);
  if (object?.kind !== "SLO") return [];
  const { envelope } = object;
  const before = findings.errors;
  const node = envelope.spec;
  const spec = node && openMap(node, SPEC, findings);
  if (!spec) return [];
  const definitions = readSpec({ envelope, spec, openSlo }, findings);
  if (!envelope.whole || findings.errors > before) return [];
  const { line, column, path } = root;
  const place = { file: findings.file, line, column, path };
  return definitions.map((definition) => ({ definition, place }));
}

interface Reading {
  readonly envelope: Envelope;
  readonly spec: Fields;
  readonly openSlo: Referred;
}

function readSpec({ envelope, spec, openSlo }: Reading, findings: Findings): SloDefinition[] {
  const need = (name: string, example: string) =>
    requireField(spec, name, { write: `${name}: ${example}`, findings });
  const description = readDescription(spec.get("description"), findings);
  const service = readName(need("service", "its-name"), findings);
  const indicator = readSli(spec, openSlo, findings);
  const window = readTimeWindow(
    need("timeWindow", "with one window: - duration: 28d, isRolling: true"),
    findings,
  );
  const method = readMethod(need("budgetingMethod", "Occurrences"), findings);
  const objectives = readObjectives(
    need("objectives", "with a target"),
    { indicator, method },
    findings,
  );
  const kind = indicator?.measured.kind === "events" ? "events" : "ratio";
  const alerting = readAlertPolicies(spec.get("alertPolicies"), { openSlo, kind }, findings);
  const team = teamOf({ envelope, openSlo }, service, findings);
  const names = nameObjectives(envelope, objectives, findings);
  if (service === null || window === null || indicator === null) return [];
  return objectives.flatMap((objective, i): SloDefinition[] => {
    const sli = sliOf(indicator, objective, findings);
    const name = names[i] ?? null;
    if (sli === null || name === null || objective.objective === null) return [];
    return [
      {
        ...{ service, name, team, window, sli, alerting, objective: objective.objective },
        description: description ?? envelope.displayName,
        ...(objective.budgeting ? { budgeting: objective.budgeting } : {}),
        ...{ labels: envelope.labels, datasource: indicator.datasource },
        ...UNSAID,
      },
    ];
  });
}

/** What OpenSLO has no field for. */
const UNSAID = {
  policy: DEFAULT_POLICY,
  enforced: true,
  formerly: [],
  runbook: null,
  dashboard: null,
} as const;

/** The team stands in a label of the SLO, else of its Service. */
function teamOf(
  { envelope, openSlo }: Pick<Reading, "envelope" | "openSlo">,
  service: string | null,
  findings: Findings,
): string | null {
  const own = readTeamLabel(envelope.labelsNode, TEAM_LABELS, findings);
  if (own !== null || service === null) return own;
  const object = openSlo.objects.named("Service", service)[0];
  // What is to be told of the Service's label has been told where the Service stands.
  const unheard = new Findings(findings.file);
  return object ? readTeamLabel(object.envelope.labelsNode, TEAM_LABELS, unheard) : null;
}

function readSli(spec: Fields, openSlo: Referred, findings: Findings): Indicator | null {
  const [inline, ref] = [spec.get("indicator"), spec.get("indicatorRef")];
  if ((inline === null) === (ref === null)) {
    const got = inline ? "both are there" : "neither is there";
    const message = `must have exactly one of indicator or indicatorRef; ${got}`;
    return findings.error(spec.node, "sli-shape", message);
  }
  if (inline) {
    const envelope = readInline(inline, "SLI", findings);
    return envelope && readIndicator(envelope, openSlo.objects, findings);
  }
  const object = ref && openSlo.objects.refer("SLI", ref, findings);
  const indicator = object ? (openSlo.indicators.get(object) ?? null) : null;
  return object && ref && !indicator ? tellBroken(object, ref, findings) : indicator;
}

const METHODS: readonly Method[] = ["Occurrences", "Timeslices", "RatioTimeslices"];

function readMethod(node: Located | null, findings: Findings): Method | null {
  const text = readText(node, findings);
  if (text === null || node === null) return null;
  const method = METHODS.find((name) => name === text);
  if (method) return method;
  const message = `must be Occurrences, Timeslices or RatioTimeslices, got ${describe(node)}`;
  return findings.error(node, "wrong-type", message);
}

function readObjectives(
  node: Located | null,
  { indicator, method }: { readonly indicator: Indicator | null; readonly method: Method | null },
  findings: Findings,
): Objective[] {
  const items = readList(node, findings) ?? [];
  if (node?.kind === "list" && items.length === 0) {
    findings.error(node, "empty-field", "must hold at least one objective");
  }
  const isValue = indicator ? indicator.measured.kind === "value" : null;
  if (node && isValue && items.length > 1) {
    findings.error(
      node,
      "sli-shape",
      `must hold one objective with a thresholdMetric, got ${items.length}`,
    );
  }
  return items.flatMap((item) => readObjective(item, { method, isValue }, findings) ?? []);
}
