import type { ExceptionLine } from "#components/policy/view.ts";
import type { OutsideAlertView } from "#components/slo/alert/view.ts";
import type { Happening, HappeningMark } from "#lib/charts/happenings.ts";
import type { AlertSpan } from "#lib/charts/view.ts";
import type { FleetRow } from "#lib/fleet/row.ts";
import type { GateDecision } from "#lib/policy/decision.ts";
import type { SloState } from "#lib/slo/status.ts";
import type { PolicyExemption } from "#lib/spec/model.ts";

/** A service's SLOs and what happened to them: JSON-safe, times in epoch ms. */
export interface ServiceView {
  readonly service: string;
  readonly readAt: number;
  /** Exclusive end of the timeline: the newest evaluation. */
  readonly evaluatedAt: number;
  /** Worst first. */
  readonly rows: readonly FleetRow[];
  /** What the gate would answer for a deployment to production; this question is not logged. */
  readonly gate: GateDecision;
  /** Fixes that would go through its block. */
  readonly fixes: readonly PolicyExemption[];
  /** Exceptions in force, of any of its SLOs. */
  readonly exceptions: readonly ExceptionLine[];
  readonly from: number;
  /** In the order of `rows`. */
  readonly lanes: readonly Lane[];
  /** Its deployments and incidents, those that stand close together made one. */
  readonly marks: readonly HappeningMark[];
  /** The newest of them, each by itself. */
  readonly happenings: readonly Happening[];
  /** Alerts of rules outside about it or its SLOs, oldest first. */
  readonly outside: readonly OutsideAlertView[];
}

/** One SLO's stretch of the timeline. */
export interface Lane {
  readonly slo: string;
  readonly states: readonly StateSpan[];
  readonly alerts: readonly Pick<AlertSpan, "tier" | "severity" | "startedAt" | "endedAt">[];
  readonly transitions: readonly {
    readonly at: number;
    readonly from: string;
    readonly to: string;
  }[];
}

/** `[from, to)` in one state; null = nothing was recorded. */
export interface StateSpan {
  readonly from: number;
  readonly to: number;
  readonly state: SloState | null;
}
