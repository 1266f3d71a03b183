import type { SloFacts } from "#app/_data/slo/facts.ts";
import type { OutsideAlertView } from "#components/slo/alert/view.ts";
import type {
  AsOf,
  DefinitionView,
  SloHead,
  SourceView,
  TierView,
  TransitionView,
} from "#components/slo/detail/view.ts";
import type { AlertSpan } from "#lib/charts/view.ts";
import { clausesOf } from "#lib/policy/clauses.ts";
import { elapsedMs } from "#lib/slo/period.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import { tiersOf } from "#lib/slo/tiers.ts";

/** The numbers that go with the facts: now's from the newest evaluation, then's computed again. */
export interface HeadInput {
  readonly facts: SloFacts;
  readonly status: SloStatus | null;
  readonly detail: SloDetail | null;
  readonly asOf: AsOf | null;
  readonly alerts: readonly AlertSpan[];
  readonly outside: readonly OutsideAlertView[];
  readonly now: number;
}

/** Everything on the page but its charts. */
export function headOf(input: HeadInput): SloHead {
  const { facts, status, detail, asOf, now } = input;
  const { record, transitions } = facts;
  return {
    service: record.service,
    name: record.name,
    retiredAt: record.retiredAt,
    readAt: now,
    asOf,
    status,
    detail,
    definition: definitionOf(facts),
    policySince: transitions.find((t) => t.toState === status?.policyState)?.at ?? null,
    recordedSince: facts.recordedSince,
    tiers: tierViews(facts, detail),
    transitions: transitions.map(transitionOf),
    alerts: input.alerts.toReversed(),
    outside: input.outside.toReversed(),
    source: sourceOf(facts),
  };
}

function definitionOf({ record, version, versions, end }: SloFacts): DefinitionView {
  const { definition } = version;
  return {
    version: version.version,
    versionFrom: versions.length > 1 ? version.validFrom : null,
    objective: definition.objective,
    windowMs: elapsedMs(definition.window, end),
    windowLabel: definition.window.label,
    zone: definition.window.kind === "calendar" ? definition.window.zone : null,
    sli: definition.sli,
    budgeting: definition.budgeting,
    description: definition.description,
    team: definition.team,
    enforced: definition.enforced,
    runbook: definition.runbook,
    dashboard: definition.dashboard,
    labels: definition.labels,
    instanceOf: definition.instance?.of ?? null,
    formerly: definition.formerly,
    documentPath: record.documentPath,
    documentUrl: record.documentUrl,
    commit: commitOf(version),
    findings: record.findings,
    experiments: clausesOf(definition).experiments ?? "count",
    exempt: clausesOf(definition).exempt,
    policy: definition.policy.map(({ threshold, ...step }) => ({ at: threshold, ...step })),
  };
}

function commitOf({ commit, url }: SloFacts["version"]): DefinitionView["commit"] {
  return commit !== null && url !== null ? { sha: commit, url } : null;
}

function tierViews({ version: { definition } }: SloFacts, detail: SloDetail | null): TierView[] {
  const tiers = tiersOf(definition);
  return (detail?.tiers ?? []).map((reading) => {
    const tier = tiers.find((t) => t.tier === reading.tier);
    return {
      ...reading,
      note: tier?.note ?? null,
      budgetShare: tier?.budgetShare ?? 0,
      off: !definition.alerting[reading.severity],
    };
  });
}

function transitionOf(row: SloFacts["transitions"][number]): TransitionView {
  const { at, fromState, toState, cause, consumed, version } = row;
  return { at, from: fromState, to: toState, cause, consumed, version };
}

function sourceOf({ sli }: SloFacts): SourceView | null {
  if (!sli) return null;
  const { source } = sli;
  return {
    name: sli.sourceName,
    state: source?.state ?? "starting",
    error: source?.error ?? null,
    errorSince: source?.errorSince ?? null,
    lastSuccessAt: source?.lastSuccessAt ?? null,
    queryError: sli.error,
    backfill: sli.backfilledAt === null ? backfillShare(sli) : null,
  };
}

/** A first backfill goes from the head down to where history begins. */
function backfillShare({ headAt, tailAt, backfillFrom }: NonNullable<SloFacts["sli"]>): number {
  if (headAt === null || tailAt === null || backfillFrom === null) return 0;
  const wanted = headAt - backfillFrom;
  return wanted <= 0 ? 1 : Math.min(1, Math.max(0, (headAt - tailAt) / wanted));
}
