import { readFixedDuration } from "#lib/spec/durations.ts";
import { type Fields, openMap, readNumber, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import { readIgnoredMap } from "#lib/spec/metadata.ts";
import type { BurnTier } from "#lib/spec/model.ts";
import { readName } from "#lib/spec/names.ts";
import { DEFAULT_WINDOW } from "#lib/spec/window.ts";
import { DAY } from "#lib/time/duration.ts";

interface Period {
  readonly node: Located;
  readonly findings: Findings;
  readonly ms: number;
  /** Null when the document has errors. */
  readonly tiers: readonly BurnTier[] | null;
}

/** Sloth's `AlertWindows` catalogs: the alert tiers of every Sloth SLO with that period. */
export class SlothPeriods {
  readonly #periods: Period[] = [];

  add(node: Located, findings: Findings): void {
    const before = findings.errors;
    const read = readAlertWindows(node, findings);
    if (read === null) return;
    const tiers = findings.errors === before ? read.tiers : null;
    this.#periods.push({ node, findings, ms: read.ms, tiers });
  }

  /** Null = there are none for this period: the standard tiers count. */
  tiersOf(periodMs: number): readonly BurnTier[] | null {
    return this.#periods.find(({ ms }) => ms === periodMs)?.tiers ?? null;
  }

  tellTwice(): void {
    for (const period of this.#periods) {
      const other = this.#periods.find((one) => one !== period && one.ms === period.ms);
      if (!other) continue;
      const at = `${other.findings.file}:${other.node.line}`;
      const message = `${at} has alert windows for the same period; take one of them out`;
      period.findings.error(period.node, "duplicate-object", message);
    }
  }
}

function readAlertWindows(
  node: Located,
  findings: Findings,
): { ms: number; tiers: readonly BurnTier[] | null } | null {
  const top = openMap(node, ["apiVersion", "kind", "metadata", "spec"], findings);
  if (!top) return null;
  const metadata = top.get("metadata");
  const fields = metadata && openMap(metadata, ["name", "labels", "annotations"], findings);
  readName(fields?.get("name") ?? null, findings);
  for (const name of ["labels", "annotations"]) readIgnoredMap(fields?.get(name) ?? null, findings);
  const write = "spec: with sloPeriod, page and ticket";
  const specNode = requireField(top, "spec", { write, findings });
  const spec = specNode && openMap(specNode, ["sloPeriod", "page", "ticket"], findings);
  if (!spec) return null;
  const period = requireField(spec, "sloPeriod", { write: "sloPeriod: 30d", findings });
  const ms = readFixedDuration(period, findings);
  const tiers = readTiers(spec, ms, findings);
  if (ms === null || period === null) return null;
  if (ms !== DEFAULT_WINDOW.ms) findings.loss(period, "period-unused", UNUSED);
  return { ms, tiers };
}

const UNUSED = "no SLO has this period: Sloth's documents are read with 30d";

const SPEEDS = ["quick", "slow"] as const;

function readTiers(spec: Fields, periodMs: number | null, findings: Findings): BurnTier[] | null {
  const tiers = (["page", "ticket"] as const).flatMap((severity) => {
    const write = `${severity}: with quick and slow`;
    const node = requireField(spec, severity, { write, findings });
    const both = node && openMap(node, SPEEDS, findings);
    return SPEEDS.map((speed) => {
      const name = `${severity}-${speed === "quick" ? "fast" : "slow"}` as const;
      const at = both && requireField(both, speed, { write: `${speed}: with ${FIELDS}`, findings });
      const tier = at && readTier(at, periodMs, findings);
      return tier && { tier: name, severity, ...tier };
    });
  });
  const whole = tiers.filter((tier) => tier !== null);
  return whole.length === tiers.length ? whole : null;
}

const FIELDS = "errorBudgetPercent, shortWindow and longWindow";

function readTier(
  node: Located,
  periodMs: number | null,
  findings: Findings,
): Pick<BurnTier, "factor" | "longMs" | "shortMs"> | null {
  const fields = openMap(node, ["errorBudgetPercent", "shortWindow", "longWindow"], findings);
  if (!fields) return null;
  const need = (name: string, example: string) =>
    requireField(fields, name, { write: `${name}: ${example}`, findings });
  const percentNode = need("errorBudgetPercent", "2");
  const percent = readPercent(percentNode, findings);
  const shortNode = need("shortWindow", "5m");
  const longNode = need("longWindow", "1h");
  const shortMs = readFixedDuration(shortNode, findings);
  const longMs = readFixedDuration(longNode, findings);
  if (longNode && longMs !== null && longMs > (periodMs ?? 400 * DAY)) {
    findings.error(
      longNode,
      "tier-range",
      `must not be longer than sloPeriod, got ${describe(longNode)}`,
    );
  }
  if (shortNode && shortMs !== null && longMs !== null && shortMs >= longMs) {
    findings.error(
      shortNode,
      "tier-range",
      `must be shorter than longWindow, got ${describe(shortNode)}`,
    );
  }
  if (percent === null || shortMs === null || longMs === null || periodMs === null) return null;
  const factor = Number(((percent * periodMs) / (100 * longMs)).toPrecision(12));
  return { factor, longMs, shortMs };
}

function readPercent(node: Located | null, findings: Findings): number | null {
  const percent = readNumber(node, findings);
  if (percent === null || node === null || (percent > 0 && percent <= 100)) return percent;
  const message = `must be a percentage of the budget above 0 and at most 100, got ${describe(node)}`;
  return findings.error(node, "tier-range", message);
}
