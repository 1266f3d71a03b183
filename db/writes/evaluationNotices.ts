import type { OpenAlert } from "#db/writes/alerts.ts";
import type { EvaluatedSlo } from "#db/writes/evaluated.ts";
import type { Notice } from "#lib/notices/notice.ts";
import type { Severity } from "#lib/slo/status.ts";

type OpenBySlo = ReadonlyMap<number, readonly OpenAlert[]>;

/** What receivers are to hear of these evaluations: most are told nothing. `open`: alerts before them. */
export function noticesOf(evaluated: readonly EvaluatedSlo[], open: OpenBySlo): Notice[] {
  return evaluated.flatMap((each) => [
    ...policyNotice(each),
    ...alertNotice(each, open.get(each.slo.id) ?? []),
  ]);
}

function policyNotice({ slo, evaluation }: EvaluatedSlo): Notice[] {
  const { status, detail, transition } = evaluation;
  if (!transition) return [];
  const state = slo.definition.policy.find(({ name }) => name === transition.to);
  const at = Date.parse(status.asOf);
  // A changed document is evaluated at once, so one minute may hold two changes.
  const key = `policy:${slo.id}:${at}:${transition.to}`;
  return [
    {
      ...{ kind: "policy-changed", key, at },
      ...{ team: status.team, service: status.service, slo: status.slo },
      ...transition,
      action: state?.action ?? null,
      blocks: detail.blocks,
      consumed: status.consumed,
      liftsAt: momentOf(detail.liftsAt),
    },
  ];
}

/**
 * Told when the worst severity of an SLO's alerts changes, not for every tier: four tiers may fire in
 * one outage, and the page tells them apart.
 */
function alertNotice(each: EvaluatedSlo, open: readonly OpenAlert[]): Notice[] {
  const [worst] = each.evaluation.firing;
  const before = worstOf(open.map(({ severity }) => severity));
  const after = worst?.severity ?? null;
  if (worst && rank(worst.severity) > rank(before)) return [openedNotice(each, worst)];
  if (before !== null && rank(after) < rank(before)) {
    return resolvedNotice(each, open, before);
  }
  return [];
}

type Firing = EvaluatedSlo["evaluation"]["firing"][number];

function openedNotice({ slo, evaluation }: EvaluatedSlo, worst: Firing): Notice {
  const { status } = evaluation;
  const { tier, severity, since } = worst;
  return {
    ...{ kind: "alert-opened", key: `alert-opened:${slo.id}:${severity}:${since}`, at: since },
    ...{ team: status.team, service: status.service, slo: status.slo },
    ...{ tier, severity, consumed: status.consumed, exhaustsAt: momentOf(status.exhaustsAt) },
  };
}

function resolvedNotice(
  { slo, evaluation }: EvaluatedSlo,
  open: readonly OpenAlert[],
  severity: Severity,
): Notice[] {
  const { status } = evaluation;
  const at = Date.parse(status.asOf);
  const [first] = open
    .filter((alert) => alert.severity === severity)
    .toSorted((a, b) => a.startedAt - b.startedAt);
  if (!first) return [];
  return [
    {
      ...{ kind: "alert-resolved", key: `alert-resolved:${slo.id}:${severity}:${at}`, at },
      ...{ team: status.team, service: status.service, slo: status.slo },
      ...{ tier: first.tier, severity, startedAt: first.startedAt },
    },
  ];
}

function worstOf(severities: readonly Severity[]): Severity | null {
  if (severities.includes("page")) return "page";
  return severities[0] ?? null;
}

function rank(severity: Severity | null): number {
  return severity === null ? 0 : severity === "ticket" ? 1 : 2;
}

function momentOf(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}
