import type { Bucket } from "#lib/slo/totals.ts";
import type { Slicing } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** A span that was asked as a whole; epoch ms, `[from, to)`. */
interface Asked {
  readonly from: number;
  readonly to: number;
}

/**
 * Judges events or minutes in slices (UTC-aligned, `windowMs` long) and gives minutes instead. Each
 * answered minute of a slice counts 1, and what the slice's verdict says is good: all or nothing at
 * a target, else its ratio. A slice without traffic, and one that is not whole in the span, is only
 * covered: it waits, or spends nothing.
 * @example judgeSlices([{ at: 300_000, good: 94, total: 100, covered: 5 }], rule, { from: 0, to: 300_000 }) // [{ at: 300_000, good: 0, total: 5, covered: 5 }]
 */
export function judgeSlices(buckets: readonly Bucket[], rule: Slicing, asked: Asked): Bucket[] {
  const { windowMs } = rule;
  const slices = Map.groupBy(buckets, ({ at }) => Math.ceil(at / windowMs) * windowMs);
  return [...slices].flatMap(([end, members]) => {
    const isWhole = end - windowMs >= asked.from && end <= asked.to;
    const good = isWhole ? goodShareOf(members, rule) : null;
    return members.map((member) => minutesOf(member, good));
  });
}

/** Sums of fractions leave crumbs: what falls short of the target by less has reached it. */
const TOLERANCE = 1e-9;

/** How much of the slice is good, in [0,1]; null without traffic. */
function goodShareOf(members: readonly Bucket[], rule: Slicing): number | null {
  const total = members.reduce((sum, member) => sum + member.total, 0);
  if (total <= 0) return null;
  const ratio = members.reduce((sum, member) => sum + member.good, 0) / total;
  if (rule.method === "ratioTimeslices") return Math.min(1, Math.max(0, ratio));
  return ratio >= rule.target - TOLERANCE ? 1 : 0;
}

function minutesOf(member: Bucket, goodShare: number | null): Bucket {
  const { covered } = member;
  return goodShare === null
    ? { ...member, good: 0, total: 0 }
    : { ...member, good: goodShare * covered, total: covered };
}

/** Distances of points (ms) that are asked for, coarsest first: those at which history is kept. */
const STEPS = [60 * MINUTE, 5 * MINUTE, MINUTE] as const;

/**
 * The distance of points (ms) from which slices can be judged where rows are kept each `stepMs`: the
 * coarsest of which both are made up.
 * @example sliceStepMs(15 * MINUTE, 60 * MINUTE) // 300_000
 */
export function sliceStepMs(windowMs: number, stepMs: number): number {
  return STEPS.find((step) => windowMs % step === 0 && stepMs % step === 0) ?? MINUTE;
}

/**
 * The shortest time (ms) that is made up of whole slices and of whole steps: where a span of them
 * may be cut.
 * @example sliceGrainMs(90 * MINUTE, 60 * MINUTE) // 10_800_000
 */
export function sliceGrainMs(windowMs: number, stepMs: number): number {
  return (windowMs / greatestCommon(windowMs, stepMs)) * stepMs;
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b);
}
