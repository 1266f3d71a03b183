import { DEFAULT_POLICY } from "#lib/policy/policy.ts";
import { readLabels } from "#lib/spec/details.ts";
import { type Fields, openMap, readNote, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import { readIgnoredMap } from "#lib/spec/metadata.ts";
import type { BurnTier, LocatedSlo, SloDefinition } from "#lib/spec/model.ts";
import { readName, readTeam } from "#lib/spec/names.ts";
import { readEach } from "#lib/spec/readEach.ts";
import { readPercent } from "#lib/spec/share.ts";
import { readSlothAlerting } from "#lib/spec/sloth/alerting.ts";
import type { SlothPeriods } from "#lib/spec/sloth/periods.ts";
import { readSlothSli } from "#lib/spec/sloth/sli.ts";
import { CAMEL, SNAKE, type Spelling } from "#lib/spec/sloth/spelling.ts";
import { DEFAULT_WINDOW } from "#lib/spec/window.ts";

const SPEC = ["service", "labels", "slos"];
const SLO = ["name", "description", "objective", "labels", "sli", "alerting"];

/** Reads both shapes of Sloth's documents: the plain one and the Kubernetes resource. */
export const readSloth = {
  sloth: (root: Located, findings: Findings, references: SlothReferences): LocatedSlo[] => {
    const before = findings.errors;
    const top = openMap(root, ["version", ...SPEC], findings);
    return top ? readSpec(top, { spelling: SNAKE, before, references }, findings) : [];
  },
  "sloth-crd": (root: Located, findings: Findings, references: SlothReferences): LocatedSlo[] => {
    const before = findings.errors;
    const top = openMap(root, ["apiVersion", "kind", "metadata", "spec", "status"], findings);
    readMetadata(top?.get("metadata") ?? null, findings);
    const node =
      top && requireField(top, "spec", { write: "spec: with service and slos", findings });
    const spec = node && openMap(node, SPEC, findings);
    return spec ? readSpec(spec, { spelling: CAMEL, before, references }, findings) : [];
  },
};

/** What Kubernetes writes into the metadata of a resource that it keeps. */
const KEPT = [
  ...["uid", "generation", "generateName", "resourceVersion", "selfLink", "finalizers"],
  ...["creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"],
  ...["managedFields", "ownerReferences"],
];

/** A resource's own name is not the service's: it is only checked. */
function readMetadata(node: Located | null, findings: Findings): void {
  const known = ["name", "namespace", "labels", "annotations", ...KEPT];
  const fields = node && openMap(node, known, findings);
  for (const name of ["name", "namespace"]) readText(fields?.get(name) ?? null, findings);
  for (const name of ["labels", "annotations"]) readIgnoredMap(fields?.get(name) ?? null, findings);
}

interface Reading {
  readonly spelling: Spelling;
  /** Errors before this document. */
  readonly before: number;
  readonly references: SlothReferences;
}

interface SlothReferences {
  readonly slothPeriods: SlothPeriods;
}

function readSpec(spec: Fields, reading: Reading, findings: Findings): LocatedSlo[] {
  const { spelling, before, references } = reading;
  const node = requireField(spec, "service", { write: "service: its-name", findings });
  const service = readName(node, findings);
  const labels = readLabels(spec.get("labels"), findings);
  const team = teamLabel(spec, findings);
  const list = requireField(spec, "slos", { write: "slos: with a list of SLOs", findings });
  const whole = findings.errors === before;
  const tiers = references.slothPeriods.tiersOf(DEFAULT_WINDOW.ms);
  const context = { service, labels, team, spelling, tiers };
  const slos = readEach(list, findings, (item) => readSlo(item, context, findings));
  if (!whole) return [];
  if (slos.length > 0) findings.loss(spec.node, "window-assumed", WINDOW_ASSUMED);
  return slos;
}

const WINDOW_ASSUMED =
  "Sloth's documents name no window: 30d is taken, as Sloth does unless told otherwise";

interface Context {
  readonly service: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly team: string | null;
  readonly spelling: Spelling;
  readonly tiers: readonly BurnTier[] | null;
}

function readSlo(item: Located, context: Context, findings: Findings): SloDefinition | null {
  const fields = openMap(item, SLO, findings);
  if (!fields) return null;
  const { service, spelling } = context;
  const need = (name: string, write: string) => requireField(fields, name, { write, findings });
  const name = readName(need("name", "name: availability"), findings);
  const objective = readPercent(need("objective", "objective: 99.5"), findings);
  const sli = readSlothSli(need("sli", "sli: with events or raw"), spelling, findings);
  const alerting = readSlothAlerting(
    fields.get("alerting"),
    { spelling, kind: sli?.kind ?? "events" },
    findings,
  );
  const rest = {
    description: readNote(fields.get("description"), findings),
    labels: { ...context.labels, ...readLabels(fields.get("labels"), findings) },
    team: teamLabel(fields, findings) ?? context.team,
  };
  if (service === null || name === null || objective === null || sli === null) return null;
  const tiers = context.tiers ? { tiers: context.tiers } : {};
  return { service, name, objective, sli, ...rest, ...UNSAID, alerting: { ...alerting, ...tiers } };
}

/** What Sloth's documents have no field for. */
const UNSAID = {
  window: DEFAULT_WINDOW,
  policy: DEFAULT_POLICY,
  enforced: true,
  formerly: [],
  runbook: null,
  dashboard: null,
  datasource: null,
} as const;

/** Sloth knows no teams; by custom the label `team` (or `owner`) names it. */
function teamLabel(fields: Fields, findings: Findings): string | null {
  const labels = fields.get("labels");
  if (labels?.kind !== "map") return null;
  const node = (labels.entries.get("team") ?? labels.entries.get("owner"))?.value;
  return node?.kind === "text" ? readTeam(node, findings) : null;
}
