import { defaultAlerting } from "#lib/spec/details.ts";
import { readFixedDuration } from "#lib/spec/durations.ts";
import {
  openMap,
  readBoolean,
  readList,
  readNumber,
  requireField,
  wrongKind,
} from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { AlertingOptions, BurnTier, SliDefinition } from "#lib/spec/model.ts";
import { nameTiers, type UnnamedTier } from "#lib/spec/tiers.ts";

const KNOWN = ["page", "ticket", "min_bad_events", "tiers"];

/**
 * What is alerted on; each field that is absent is as usual.
 * @example readAlerting(node of "{ page: false }", "events", findings).page // false
 */
export function readAlerting(
  node: Located | null,
  kind: SliDefinition["kind"],
  findings: Findings,
): AlertingOptions {
  const usual = defaultAlerting(kind);
  const fields = node && openMap(node, KNOWN, findings);
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
  const tiers = readTiers(fields.get("tiers"), findings);
  return {
    minBadEvents: minBadEvents ?? usual.minBadEvents,
    page: readBoolean(fields.get("page"), findings) ?? usual.page,
    ticket: readBoolean(fields.get("ticket"), findings) ?? usual.ticket,
    ...(tiers ? { tiers } : {}),
  };
}

/** A list of burn-rate tiers; null when the standard ones count. */
function readTiers(node: Located | null, findings: Findings): readonly BurnTier[] | null {
  if (node === null) return null;
  const items = readList(node, findings);
  if (items?.length === 0) findings.error(node, "empty-field", EMPTY);
  const { tiers, left } = nameTiers(
    (items ?? []).flatMap((item) => readTier(item, findings) ?? []),
  );
  if (left > 0) findings.error(node, "tier-range", "holds more than two tiers of one severity");
  return tiers;
}

const EMPTY = "must hold at least one tier; take the field out for the standard ones";

function readTier(item: Located, findings: Findings): UnnamedTier | null {
  const fields = openMap(item, ["severity", "factor", "long", "short"], findings);
  if (!fields) return null;
  const need = (name: string, example: string) =>
    requireField(fields, name, { write: `${name}: ${example}`, findings });
  const severity = readSeverity(need("severity", "page"), findings);
  const factorNode = need("factor", "14.4");
  const factor = readNumber(factorNode, findings);
  if (factorNode && factor !== null && factor <= 0) {
    findings.error(
      factorNode,
      "tier-range",
      `must be a burn rate above 0, got ${describe(factorNode)}`,
    );
  }
  const longMs = readFixedDuration(need("long", "1h"), findings);
  const shortNode = need("short", "5m");
  const shortMs = readFixedDuration(shortNode, findings);
  if (shortNode && longMs !== null && shortMs !== null && shortMs >= longMs) {
    findings.error(
      shortNode,
      "tier-range",
      `must be shorter than long, got ${describe(shortNode)}`,
    );
  }
  if (severity === null || factor === null || longMs === null || shortMs === null) return null;
  return { severity, factor, longMs, shortMs };
}

function readSeverity(node: Located | null, findings: Findings): UnnamedTier["severity"] | null {
  if (node === null) return null;
  if (node.kind === "text" && (node.value === "page" || node.value === "ticket")) return node.value;
  return wrongKind(node, "page or ticket", findings);
}
