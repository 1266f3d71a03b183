import { defaultAlerting, readLabels } from "#lib/spec/details.ts";
import { openMap, readBoolean, readNote } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import type { AlertingOptions, SliDefinition } from "#lib/spec/model.ts";
import type { Spelling } from "#lib/spec/sloth/spelling.ts";

interface SlothAlerting {
  readonly spelling: Spelling;
  readonly kind: SliDefinition["kind"];
}

/**
 * Which of the two severities are switched off; names, labels and annotations of alerts are told as lost.
 * @example readSlothAlerting(null, { spelling: SNAKE, kind: "events" }, findings) // { minBadEvents: 5, page: true, ticket: true }
 */
export function readSlothAlerting(
  node: Located | null,
  { spelling, kind }: SlothAlerting,
  findings: Findings,
): AlertingOptions {
  const usual = defaultAlerting(kind);
  const known = ["name", "labels", "annotations", spelling.pageAlert, spelling.ticketAlert];
  const fields = node && openMap(node, known, findings);
  if (!fields) return usual;
  readNote(fields.get("name"), findings);
  const page = readSeverity(fields.get(spelling.pageAlert), findings);
  const ticket = readSeverity(fields.get(spelling.ticketAlert), findings);
  const said = ["name", "labels", "annotations"].some((name) => fields.get(name) !== null);
  readExtras([fields.get("labels"), fields.get("annotations")], findings);
  if (said || page.extras || ticket.extras) findings.loss(node, "alert-texts", LOST);
  return { ...usual, page: !page.disabled, ticket: !ticket.disabled };
}

const LOST =
  "the names, labels and annotations of alerts are not carried over; alerts carry the SLO's own labels";

function readSeverity(
  node: Located | null,
  findings: Findings,
): { disabled: boolean; extras: boolean } {
  const fields = node && openMap(node, ["disable", "labels", "annotations"], findings);
  const extras = [fields?.get("labels") ?? null, fields?.get("annotations") ?? null];
  readExtras(extras, findings);
  const disabled = readBoolean(fields?.get("disable") ?? null, findings) ?? false;
  return { disabled, extras: extras.some((extra) => extra !== null) };
}

/** Not kept, but a mistake in them is still a mistake. */
function readExtras(nodes: readonly (Located | null)[], findings: Findings): void {
  for (const node of nodes) readLabels(node, findings);
}
