import type { DoraAddress } from "#components/layout/paths.ts";
import type { Row } from "#lib/dora/csv.ts";
import type { Bar } from "#lib/dora/distribution.ts";
import type { EnvironmentSeen } from "#lib/dora/environment.ts";
import type { Exclusion } from "#lib/dora/exclusion.ts";
import type { Cadence } from "#lib/dora/frequency.ts";
import type { Gap } from "#lib/dora/gaps.ts";
import type { LeadTimeChange } from "#lib/dora/leadTimeChange.ts";
import type { Level } from "#lib/dora/level.ts";
import type { Metric } from "#lib/dora/metric.ts";
import type { DoraReport, MetricName } from "#lib/dora/report.ts";
import type { Stages } from "#lib/dora/stages.ts";

/** A metric without the rows behind it: those are shown when they are asked for. JSON-safe. */
export type MetricFigures = Omit<Metric, "rows" | "excluded">;

/** One month of the line behind a number. */
export interface TrendPoint {
  /** As "2026-03". */
  readonly month: string;
  readonly value: number | null;
  /** False while the month lasts. */
  readonly complete: boolean;
  /** Facts of a part of it are missing. */
  readonly partly?: boolean;
}

export interface MetricView {
  readonly name: MetricName;
  readonly now: MetricFigures;
  readonly before: MetricFigures;
  /** How many things the number leaves out. */
  readonly excluded: number;
  /** Null where nothing was ever published for it. */
  readonly level: Level | null;
  readonly trend: readonly TrendPoint[];
}

export interface WindowView {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
}

/** A change with its way into production, for those who ask what took so long. */
export interface ChangeView {
  readonly id: string;
  readonly number: number | null;
  readonly title: string;
  readonly author: string | null;
  readonly url: string | null;
  readonly service: string;
  readonly deploymentId: string;
  readonly deployedAt: number;
  readonly startedAt: number;
  readonly leadTimeMs: number;
  readonly stages: Stages;
  readonly commits: readonly CommitView[];
}

export interface CommitView {
  readonly sha: string;
  readonly authoredAt: number;
  readonly url: string | null;
}

export interface LeadTimeView {
  /** Null when one of the two periods has no lead times. */
  readonly change: LeadTimeChange | null;
  readonly bars: readonly Bar[];
  /** Slowest first. */
  readonly slowest: readonly ChangeView[];
}

export interface ServiceLine {
  readonly service: string;
  readonly teams: readonly string[];
  readonly metrics: Readonly<Record<MetricName, MetricFigures>>;
}

/** The rows behind one number. */
export interface RowsView {
  readonly metric: MetricName;
  readonly columns: readonly string[];
  /** The first of them; all are in the CSV. */
  readonly rows: readonly Row[];
  readonly total: number;
  /** What the rows are ids of, so that they can lead to a page. */
  readonly kind: "deployments" | "changes";
  readonly excluded: readonly Exclusion[];
  readonly excludedTotal: number;
  readonly csvPath: string;
  readonly excludedCsvPath: string;
}

/** A source of deployments, changes or incidents, and when it last answered. */
export interface DeliverySource {
  readonly name: string;
  readonly state: "starting" | "ok" | "no-data" | "failed";
  readonly lastSuccessAt: number | null;
}

export interface DoraView {
  /** What is shown, as the address says it; links change a part of it. */
  readonly address: DoraAddress;
  readonly team: string;
  readonly service: string;
  readonly window: WindowView;
  /** The address of the period before. */
  readonly addressBefore: DoraAddress;
  readonly windowBefore: WindowView;
  readonly year: number;
  readonly metrics: readonly MetricView[];
  readonly cadence: Cadence | null;
  readonly incidents: DoraReport["incidents"];
  readonly pipeline: DoraReport["pipeline"];
  readonly leadTime: LeadTimeView;
  readonly services: readonly ServiceLine[];
  readonly rows: RowsView | null;
  readonly environments: readonly EnvironmentSeen[];
  /** What is missing of the range. */
  readonly gaps: readonly Gap[];
  /** Services that deployed and of whose incidents nothing is known, by name. */
  readonly blind: readonly string[];
  readonly sources: readonly DeliverySource[];
  /** Whether any deployment was ever told of. */
  readonly isEmpty: boolean;
  readonly readAt: number;
}

/** What can be chosen, and what is wrong with what was. */
export interface DoraChoices {
  readonly teams: readonly string[];
  readonly services: readonly string[];
  /** Newest first. */
  readonly months: readonly string[];
  readonly years: readonly number[];
}
