import { monthSpan, monthsThrough } from "#lib/dora/calendar.ts";
import { canonicalJson, hashOf } from "#lib/dora/canonical.ts";
import type { Delivery } from "#lib/dora/delivery.ts";
import { type Gap, gapsOf } from "#lib/dora/gaps.ts";
import type { Knowledge } from "#lib/dora/knowledge.ts";
import { type DoraReport, doraReport } from "#lib/dora/report.ts";
import type { ReportScope } from "#lib/dora/scope.ts";
import { select } from "#lib/dora/selection.ts";
import { type TrendMonth, trend } from "#lib/dora/trend.ts";
import { HOUR } from "#lib/time/duration.ts";

/** Months of the line behind each number, the reviewed one included. */
const TREND_MONTHS = 6;

export interface ReviewInput {
  /** As "2026-03". */
  readonly month: string;
  readonly zone: string;
  readonly now: number;
  readonly knowledge: Knowledge;
  /** Null = all. */
  readonly services: ReadonlySet<string> | null;
}

/** The delivery half of a monthly review. JSON-safe. */
export interface DeliveryReview {
  readonly month: string;
  readonly report: DoraReport;
  /** The month before, by the same facts. */
  readonly before: DoraReport;
  readonly trend: readonly TrendMonth[];
  /** What is missing of the month. */
  readonly gaps: readonly Gap[];
  /** Of the facts that all of it was made of: it changes when one of them does. */
  readonly inputsHash: string;
}

/**
 * The delivery numbers of a calendar month in a zone, the month before beside them and the trend behind
 * them; null when it is not a month.
 * @example deliveryReview(delivery, { month: "2026-03", zone: "UTC", … })?.before.metrics
 */
export function deliveryReview(delivery: Delivery, input: ReviewInput): DeliveryReview | null {
  const { month, zone, now, knowledge, services } = input;
  const span = monthSpan(month, zone);
  const earlier = monthSpan(monthsThrough(month, 2)[0] ?? "", zone);
  if (!span || !earlier) return null;
  const scope = { zone, now, knowledge };
  return {
    month,
    report: doraReport(delivery, { ...span, ...scope }, services),
    before: doraReport(delivery, { ...earlier, ...scope }, services),
    trend: trend(delivery, { ...scope, month, months: TREND_MONTHS, services }),
    gaps: gapsOf({ ...span, ...scope }, services),
    inputsHash: inputsHash(delivery, input),
  };
}

/**
 * A hash of what a review's numbers are made of, in any order in which the facts came: of all months of
 * its trend, deployments with their verdicts, lead times, incidents with their causes, what is left out
 * and what is missing. Not of the clock.
 * @example inputsHash(delivery, input) === inputsHash(deliveryOf(shuffled, rules), input) // true
 */
export function inputsHash(delivery: Delivery, input: ReviewInput): string {
  const { month, zone, now, knowledge, services } = input;
  const span = monthSpan(month, zone);
  const first = monthSpan(monthsThrough(month, TREND_MONTHS)[0] ?? "", zone);
  if (!span || !first) return hashOf(null);
  const scope = { from: first.from, to: span.to, zone, now, knowledge };
  return hashOf({
    month,
    zone,
    services: services ? [...services].sort() : null,
    gaps: gapsHashed(input),
    ...factsHashed(delivery, scope, services),
  });
}

/**
 * What is missing of each month of the trend; when exactly, to the hour, of the reviewed one alone: the
 * beginning of what is known may move while nothing else does.
 */
function gapsHashed({ month, zone, now, knowledge, services }: ReviewInput): unknown[] {
  const hour = (at: number | null) => at && Math.floor(at / HOUR);
  return monthsThrough(month, TREND_MONTHS).flatMap((each) => {
    const span = monthSpan(each, zone);
    const gaps = span ? gapsOf({ ...span, zone, now, knowledge }, services) : [];
    return gaps.map(({ service, kind, state, since, through }) => [
      ...[each, service, kind, state],
      ...(each === month ? [hour(since), hour(through)] : []),
    ]);
  });
}

function factsHashed(delivery: Delivery, scope: ReportScope, services: ReviewInput["services"]) {
  const picked = select(delivery, scope, services);
  return {
    deployments: picked.verdicts.map(({ deployment: d, failed, isRework, restoration }) => [
      ...[d.id, d.service, d.version, d.finishedAt, failed, isRework],
      restoration?.at ?? null,
    ]),
    changes: unordered(
      picked.arrivals.map(({ change, deployment, startedAt, stages }) => [
        ...[change.id, deployment.id, startedAt, deployment.finishedAt],
        stages,
      ]),
    ),
    incidents: picked.incidents.map(({ id, title, severity, ...times }) => [
      ...[id, title, severity, times.startedAt, times.detectedAt, times.resolvedAt],
      picked.attributions.get(id)?.deploymentId ?? null,
    ]),
    excluded: unordered(picked.excluded),
  };
}

function unordered(values: readonly unknown[]): string[] {
  return values.map(canonicalJson).sort();
}

/** What publishing freezes: text that says the same for ever, and what it was made of. */
export interface FrozenReview {
  /** Canonical JSON of the numbers. */
  readonly content: string;
  /** SHA-256 of the content and of the inputs. */
  readonly hash: string;
}

/**
 * Freezes the numbers of a review together with the hashes of their inputs (delivery's, and what else
 * went in). Equal numbers from equal inputs give the same hash; change either, and it differs.
 * @example freezeReview({ delivery, slos }, [delivery.inputsHash]).hash
 */
export function freezeReview(numbers: unknown, inputHashes: readonly string[]): FrozenReview {
  const content = canonicalJson(numbers);
  return { content, hash: frozenHash(content, inputHashes) };
}

/**
 * The hash under which a frozen text and its inputs are published; it tells whether a stored one was
 * altered.
 * @example frozenHash(frozen.content, inputHashes) === frozen.hash // true
 */
export function frozenHash(content: string, inputHashes: readonly string[]): string {
  return hashOf({ content, inputs: [...inputHashes].sort() });
}
