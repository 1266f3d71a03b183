import type { SloCosts, SpentPart } from "#components/slo/costs/view.ts";
import { percent } from "#lib/format/numbers.ts";

/** A share of a budget: what is small keeps a digit, and nothing that cost something reads as 0. */
export function shareText(share: number): string {
  if (share === 0) return "0 %";
  if (share < 0.0005) return "<0.1 %";
  return percent(share, share < 0.1 ? 1 : 0);
}

/** What spent a budget in one sentence: the twin of its bar. */
export function costSummary(costs: SloCosts): string {
  const { consumed, parts, unattributed, windowLabel } = costs;
  const window = /^\d/.test(windowLabel) ? `in these ${windowLabel}` : `in this ${windowLabel}`;
  if (consumed === 0) return `Nothing was spent ${window}.`;
  const spent = `${shareText(consumed)} of the budget was spent ${window}`;
  const [dearest] = parts;
  if (!dearest) return `${spent}, none of it by a deployment or incident that is known.`;
  const known = `by ${named(dearest)} (${shareText(dearest.share)})`;
  const nothing = `${shareText(unattributed.share)} is explained by nothing known`;
  return unattributed.share > dearest.share
    ? `${spent}: ${nothing}, of what is known most ${known}.`
    : `${spent}, most ${known}; ${nothing}.`;
}

function named({ kind, title }: SpentPart): string {
  return kind === "deployment" ? `the deployment of ${title}` : `the incident “${title}”`;
}
