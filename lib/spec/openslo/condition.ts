import { openMap, readNumber, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import { readFixed } from "#lib/spec/openslo/durations.ts";
import { type Envelope, readDescription } from "#lib/spec/openslo/envelope.ts";
import type { UnnamedTier } from "#lib/spec/tiers.ts";
import { MINUTE } from "#lib/time/duration.ts";

export type ConditionTier = UnnamedTier;

/**
 * Reads the `spec` of an AlertCondition as a burn-rate tier: `threshold` is its factor,
 * `lookbackWindow` its long window and `alertAfter` its short one (a twelfth when that does not fit).
 * @example readCondition(envelope of { threshold: 2, lookbackWindow: 1h, alertAfter: 5m }, findings)?.factor // 2
 */
export function readCondition({ spec: node }: Envelope, findings: Findings): ConditionTier | null {
  const spec = node && openMap(node, ["description", "severity", "condition"], findings);
  if (!spec) return null;
  readDescription(spec.get("description"), findings);
  const severityNode = requireField(spec, "severity", { write: "severity: page", findings });
  const severity = readSeverity(severityNode, findings);
  const write = "condition: with threshold and lookbackWindow";
  const inner = requireField(spec, "condition", { write, findings });
  const known = ["kind", "op", "threshold", "lookbackWindow", "alertAfter"];
  const condition = inner && openMap(inner, known, findings);
  if (!condition) return null;
  readKind(condition.get("kind"), findings);
  readOp(condition.get("op"), findings);
  const need = (name: string, example: string) =>
    requireField(condition, name, { write: `${name}: ${example}`, findings });
  const factor = readFactor(need("threshold", "14.4"), findings);
  const longMs = readFixed(need("lookbackWindow", "1h"), findings);
  const shortMs = readShort(condition.get("alertAfter"), longMs, findings);
  if (severity === null || factor === null || longMs === null) return null;
  return { severity, factor, longMs, shortMs: shortMs ?? twelfth(longMs) };
}

function twelfth(longMs: number): number {
  return Math.max(MINUTE, Math.floor(longMs / 12 / MINUTE) * MINUTE);
}

/** `page` and `ticket` are said as such; other words are sorted, and told. */
const URGENT = /^(page|critical|crit|high|urgent|fatal|emergency|sev-?[012]|p[012])$/i;

function readSeverity(node: Located | null, findings: Findings): UnnamedTier["severity"] | null {
  const text = readText(node, findings);
  if (text === null || node === null) return null;
  if (text === "page" || text === "ticket") return text;
  const severity = URGENT.test(text) ? "page" : "ticket";
  findings.loss(node, "severity-read", `read as ${severity}; write page or ticket`);
  return severity;
}

function readKind(node: Located | null, findings: Findings): void {
  const kind = readText(node, findings);
  if (kind === null || node === null || kind.toLowerCase() === "burnrate") return;
  findings.error(node, "not-supported", `must be burnrate, got ${describe(node)}`);
}

function readOp(node: Located | null, findings: Findings): void {
  const op = readText(node, findings);
  if (op === null || node === null || op === "gt" || op === "gte") return;
  if (op === "lt" || op === "lte") {
    const message = `would fire while the budget burns slowly, got ${op}; it is read as gte`;
    findings.lint(node, "burn-op", message);
    return;
  }
  findings.error(node, "bad-op", `must be gt or gte, got ${describe(node)}`);
}

function readFactor(node: Located | null, findings: Findings): number | null {
  const factor = readNumber(node, findings);
  if (factor === null || node === null || factor > 0) return factor;
  return findings.error(node, "tier-range", `must be a burn rate above 0, got ${describe(node)}`);
}

function readShort(node: Located | null, longMs: number | null, findings: Findings): number | null {
  if (node?.kind === "text" && /^0[mhdw]$/.test(node.value)) return null;
  const shortMs = readFixed(node, findings);
  if (shortMs === null || node === null || longMs === null) return null;
  if (shortMs < longMs) {
    findings.loss(
      node,
      "alert-after",
      "is read as the short window, over which it must burn as well",
    );
    return shortMs;
  }
  const message =
    "must be shorter than lookbackWindow, which could not have been seen for that long";
  return findings.error(node, "tier-range", message);
}
