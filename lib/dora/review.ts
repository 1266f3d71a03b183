import { monthSpan, monthsThrough } from "#lib/dora/calendar.ts";
import { canonicalJson, hashOf } from "#lib/dora/canonical.ts";
import type { Delivery } from "#lib/dora/delivery.ts";
import { type DoraReport, doraReport } from "#lib/dora/report.ts";
import { type Synced, select } from "#lib/dora/selection.ts";
import { type TrendMonth, trend } from "#lib/dora/trend.ts";

/** Months of the line behind each number, the reviewed one included. */
const TREND_MONTHS = 6;

export interface ReviewInput {
  /** As "2026-03". */
  readonly month: string;
  readonly zone: string;
  readonly now: number;
  readonly synced: Synced;
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
  /** Of the facts that the report was made of: it changes when one of them does. */
  readonly inputsHash: string;
}

/**
 * The delivery numbers of a calendar month in a zone, the month before beside them and the trend behind
 * them; null when it is not a month.
 * @example deliveryReview(delivery, { month: "2026-03", zone: "UTC", … })?.before.metrics
 */
export function deliveryReview(delivery: Delivery, input: ReviewInput): DeliveryReview | null {
  const { month, zone, now, synced, services } = input;
  const span = monthSpan(month, zone);
  const earlier = monthSpan(monthsThrough(month, 2)[0] ?? "", zone);
  if (!span || !earlier) return null;
  const scope = { zone, now, synced };
  return {
    month,
    report: doraReport(delivery, { ...span, ...scope }, services),
    before: doraReport(delivery, { ...earlier, ...scope }, services),
    trend: trend(delivery, { ...scope, month, months: TREND_MONTHS, services }),
    inputsHash: inputsHash(delivery, input),
  };
}

/**
 * A hash of what a month's numbers are made of, in any order in which the facts came: deployments with
 * their verdicts, lead times, incidents with their causes, and what is left out. Not of the clock.
 * @example inputsHash(delivery, input) === inputsHash(deliveryOf(shuffled, rules), input) // true
 */
export function inputsHash(delivery: Delivery, input: ReviewInput): string {
  const span = monthSpan(input.month, input.zone);
  if (!span) return hashOf(null);
  const { month, zone, now, synced } = input;
  const picked = select(delivery, { ...span, zone, now, synced }, input.services);
  return hashOf({
    month,
    zone,
    services: input.services ? [...input.services].sort() : null,
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
    incidents: picked.incidents.map(({ id, startedAt, detectedAt, resolvedAt }) => [
      ...[id, startedAt, detectedAt, resolvedAt],
      picked.attributions.get(id)?.deploymentId ?? null,
    ]),
    excluded: unordered(picked.excluded),
  });
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
  return { content, hash: hashOf({ content, inputs: [...inputHashes].sort() }) };
}
