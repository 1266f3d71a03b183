import { readDatasource, readLabels, readUrl } from "#lib/spec/details.ts";
import {
  type Fields,
  openMap,
  readBoolean,
  readList,
  readNote,
  requireField,
} from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { readGrouping } from "#lib/spec/grouping.ts";
import type { Located } from "#lib/spec/located.ts";
import type { LocatedSlo, SloDefinition } from "#lib/spec/model.ts";
import { readFormerly, readName, readTeam } from "#lib/spec/names.ts";
import { readAlerting } from "#lib/spec/plain/alerting.ts";
import { readBudgeting } from "#lib/spec/plain/budgeting.ts";
import { readExclusions } from "#lib/spec/plain/exclusions.ts";
import { type BudgetPolicy, readPolicy } from "#lib/spec/plain/policy.ts";
import { readPlainSli } from "#lib/spec/plain/sli.ts";
import { readWindow } from "#lib/spec/plain/window.ts";
import { readEach } from "#lib/spec/readEach.ts";

/** May stand at the top, for all SLOs that say nothing else. */
const SHARED = [
  "labels",
  "datasource",
  "runbook",
  "dashboard",
  "error_budget_policy",
  "exclusions",
];
const TOP = ["service", "owner", "description", "slos", ...SHARED];
const SLO = [
  "name",
  "description",
  "sli",
  "target",
  "objective",
  "threshold",
  "op",
  "window",
  "budgeting",
  "grouping",
  "alerting",
  "enforced",
  "formerly",
  ...SHARED,
];

/**
 * Reads a document of our own shape: a service, its owner and its SLOs.
 * @example readPlain(root, findings).map((slo) => slo.definition.name) // ["availability", "latency"]
 */
export function readPlain(root: Located, findings: Findings): LocatedSlo[] {
  const before = findings.errors;
  const top = openMap(root, TOP, findings);
  if (!top) return [];
  const service = readName(
    requireField(top, "service", { write: "service: its-name", findings }),
    findings,
  );
  const team = readTeam(top.get("owner"), findings);
  readNote(top.get("description"), findings);
  const shared = readShared(top, null, findings);
  const list = requireField(top, "slos", { write: "slos: with a list of SLOs", findings });
  const whole = findings.errors === before;
  const slos = readEach(list, findings, (item) =>
    readSlo(item, { service, team, shared }, findings),
  );
  // What is wrong at the top is wrong for every SLO below it.
  return whole ? slos : [];
}

type Shared = Pick<
  SloDefinition,
  "labels" | "datasource" | "runbook" | "dashboard" | "policy" | "clauses" | "exclusions"
>;

interface Context {
  readonly service: string | null;
  readonly team: string | null;
  readonly shared: Shared;
}

/** The fields that an SLO takes from the top of its document when it lacks them. */
function readShared(fields: Fields, above: Shared | null, findings: Findings): Shared {
  const labels = readLabels(fields.get("labels"), findings);
  const policy = fields.get("error_budget_policy");
  const own = readExclusions(fields.get("exclusions"), above ? "slo" : "service", findings);
  const exclusions = [...(above?.exclusions ?? []), ...own];
  return {
    labels: { ...above?.labels, ...labels },
    datasource: readDatasource(fields.get("datasource"), findings) ?? above?.datasource ?? null,
    runbook: readUrl(fields.get("runbook"), findings) ?? above?.runbook ?? null,
    dashboard: readUrl(fields.get("dashboard"), findings) ?? above?.dashboard ?? null,
    ...(policy === null && above ? policyOf(above) : readPolicy(policy, findings)),
    ...(exclusions.length > 0 ? { exclusions } : {}),
  };
}

function policyOf({ policy, clauses }: Shared): BudgetPolicy {
  return { policy, ...(clauses && { clauses }) };
}

function readSlo(item: Located, context: Context, findings: Findings): SloDefinition | null {
  const fields = openMap(item, SLO, findings);
  if (!fields) return null;
  const { service, team } = context;
  const name = readName(
    requireField(fields, "name", { write: "name: availability", findings }),
    findings,
  );
  const measured = readPlainSli(fields, findings);
  const window = readWindow(
    requireField(fields, "window", { write: "window: 30d", findings }),
    findings,
  );
  const budgeting = readBudgeting(fields.get("budgeting"), findings);
  const grouping = readGrouping(fields.get("grouping"), findings);
  const formerly = readList(fields.get("formerly"), findings) ?? [];
  const rest = {
    team,
    description: readNote(fields.get("description"), findings),
    enforced: readBoolean(fields.get("enforced"), findings) ?? true,
    formerly: readFormerly(formerly, { service, name }, findings),
    alerting: readAlerting(fields.get("alerting"), measured?.sli.kind ?? "events", findings),
    ...readShared(fields, context.shared, findings),
  };
  if (service === null || name === null || !measured || !window) return null;
  return {
    ...{ service, name, window, ...measured, ...rest },
    ...(budgeting ? { budgeting } : {}),
    ...(grouping.length > 0 ? { grouping } : {}),
  };
}
