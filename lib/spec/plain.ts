import { defaultAlerting, readDatasource, readLabels, readUrl } from "#lib/spec/details.ts";
import {
  type Fields,
  openMap,
  readBoolean,
  readList,
  readNote,
  readNumber,
  requireField,
} from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import type { AlertingOptions, LocatedSlo, SliDefinition, SloDefinition } from "#lib/spec/model.ts";
import { readFormerly, readName, readTeam } from "#lib/spec/names.ts";
import { readPlainSli } from "#lib/spec/plainSli.ts";
import { readPolicy } from "#lib/spec/policyFields.ts";
import { readEach } from "#lib/spec/readEach.ts";
import { readWindow } from "#lib/spec/window.ts";

/** May stand at the top, for all SLOs that say nothing else. */
const SHARED = ["labels", "datasource", "runbook", "dashboard", "error_budget_policy"];
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
  "alerting",
  "exclusions",
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

type Shared = Pick<SloDefinition, "labels" | "datasource" | "runbook" | "dashboard" | "policy">;

interface Context {
  readonly service: string | null;
  readonly team: string | null;
  readonly shared: Shared;
}

/** The fields that an SLO takes from the top of its document when it lacks them. */
function readShared(fields: Fields, above: Shared | null, findings: Findings): Shared {
  const labels = readLabels(fields.get("labels"), findings);
  const policy = fields.get("error_budget_policy");
  return {
    labels: { ...above?.labels, ...labels },
    datasource: readDatasource(fields.get("datasource"), findings) ?? above?.datasource ?? null,
    runbook: readUrl(fields.get("runbook"), findings) ?? above?.runbook ?? null,
    dashboard: readUrl(fields.get("dashboard"), findings) ?? above?.dashboard ?? null,
    policy: policy === null && above ? above.policy : readPolicy(policy, findings),
  };
}

function readSlo(item: Located, context: Context, findings: Findings): SloDefinition | null {
  const fields = openMap(item, SLO, findings);
  if (!fields) return null;
  const { service, team } = context;
  const name = readName(
    requireField(fields, "name", { write: "name: availability", findings }),
    findings,
  );
  const exclusions = fields.get("exclusions");
  if (exclusions) findings.error(exclusions, "not-supported", EXCLUSIONS_LATER);
  const measured = readPlainSli(fields, findings);
  const window = readWindow(
    requireField(fields, "window", { write: "window: 30d", findings }),
    findings,
  );
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
  return { service, name, window, ...measured, ...rest };
}

const EXCLUSIONS_LATER = "is not supported yet: minutes cannot be left out; take the field out";

function readAlerting(
  node: Located | null,
  kind: SliDefinition["kind"],
  findings: Findings,
): AlertingOptions {
  const usual = defaultAlerting(kind);
  const fields = node && openMap(node, ["page", "ticket", "min_bad_events"], findings);
  if (!fields) return usual;
  const minimum = fields.get("min_bad_events");
  const minBadEvents = readNumber(minimum, findings);
  if (minimum && minBadEvents !== null && (minBadEvents < 0 || !Number.isInteger(minBadEvents))) {
    findings.error(
      minimum,
      "alerting-range",
      `must be a whole number from 0 on, got ${minBadEvents}`,
    );
  }
  return {
    minBadEvents: minBadEvents ?? usual.minBadEvents,
    page: readBoolean(fields.get("page"), findings) ?? usual.page,
    ticket: readBoolean(fields.get("ticket"), findings) ?? usual.ticket,
  };
}
