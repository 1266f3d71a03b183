import type { Labels } from "#lib/alerts/delivery.ts";
import type { Severity } from "#lib/dora/facts.ts";

/** Which alerts open an incident, as the operator says. */
export interface IncidentRule {
  /** The alert's label `severity`. */
  readonly severity: string;
  readonly as: Severity;
  /** How long it must have fired; 0 = at once. */
  readonly afterMs: number;
  /** Labels that it must have, too. */
  readonly labels: Labels;
}

/** An alert with what rules look at. Times in epoch ms. */
export interface RuledAlert {
  readonly id: number;
  readonly fingerprint: string;
  readonly name: string;
  readonly service: string;
  readonly severity: string | null;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: number;
  readonly endsAt: number | null;
}

/**
 * The severity of the incident that an alert opens by `now` (epoch ms), by the first rule that speaks
 * of it; null when none does, or it has not fired for long enough.
 * @example incidentSeverity(alert, rules, now) // "SEV2"
 */
export function incidentSeverity(
  alert: Pick<RuledAlert, "severity" | "labels" | "startsAt" | "endsAt">,
  rules: readonly IncidentRule[],
  now: number,
): Severity | null {
  const rule = rules.find((each) => speaksOf(each, alert));
  const firedMs = (alert.endsAt ?? now) - alert.startsAt;
  return rule && firedMs >= rule.afterMs ? rule.as : null;
}

function speaksOf(
  rule: IncidentRule,
  { severity, labels }: Pick<RuledAlert, "severity" | "labels">,
): boolean {
  return (
    severity === rule.severity &&
    Object.entries(rule.labels).every(([name, value]) => labels[name] === value)
  );
}

/** A stretch of time; `to` null = it lasts. Epoch ms. */
interface Lasting {
  readonly startsAt: number;
  readonly endsAt: number | null;
}

/**
 * Whether two alerts were on at the same time; one that begins in the very moment in which the other
 * ends counts.
 * @example overlap({ startsAt: 0, endsAt: 5 }, { startsAt: 5, endsAt: null }) // true
 */
export function overlap(a: Lasting, b: Lasting): boolean {
  return (
    a.startsAt <= (b.endsAt ?? Number.POSITIVE_INFINITY) &&
    b.startsAt <= (a.endsAt ?? Number.POSITIVE_INFINITY)
  );
}

/** What an incident is, by the alerts that opened it. */
export interface AlertIncident {
  readonly title: string;
  readonly severity: Severity;
  readonly startedAt: number;
  /** Null while one of its alerts fires. */
  readonly resolvedAt: number | null;
}

const LONGEST = 200;

/**
 * What an incident is by its alerts: named after the first, as bad as the worst, over with the last.
 * Null when there are none.
 * @example incidentOf([{ ...alert, as: "SEV2" }])?.title // "checkout burns its budget"
 */
export function incidentOf(
  alerts: readonly (RuledAlert & { readonly as: Severity })[],
): AlertIncident | null {
  const [first, ...later] = [...alerts].sort((a, b) => a.startsAt - b.startsAt || a.id - b.id);
  if (!first) return null;
  const all = [first, ...later];
  const ends = all.map(({ endsAt }) => endsAt);
  return {
    title: (first.annotations.summary?.trim() || first.name).slice(0, LONGEST),
    severity: all.map((each) => each.as).reduce((worst, as) => (as < worst ? as : worst)),
    startedAt: first.startsAt,
    resolvedAt: ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0)),
  };
}
