import { type BudgetWindow, costInputOf } from "#app/_data/cost/input.ts";
import { namer } from "#app/_data/cost/names.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { SloCosts } from "#components/slo/costs/view.ts";
import { type CostPart, costsOf } from "#lib/dora/cost.ts";
import { unitOf } from "#lib/slo/budget.ts";

/** More than these are no list that is read to the end, and less than this is hardly a cost. */
const LISTED = 8;
const NOTABLE = 0.005;
/** So many are listed however little they cost. */
const AT_LEAST = 3;

/** What an SLO's budget was spent on in one window; null when its budget is not known. */
export function costsOfSlo(known: KnownDelivery, window: BudgetWindow): SloCosts | null {
  const input = costInputOf(known, window);
  if (!input) return null;
  const { parts, unattributed, bad, consumed } = costsOf(input);
  const listed = parts.filter(({ share }, i) => i < AT_LEAST || (i < LISTED && share >= NOTABLE));
  const rest = parts.slice(listed.length);
  return {
    from: input.from,
    to: input.to,
    windowLabel: window.definition.window.label,
    unit: unitOf(window.definition),
    ...{ bad, consumed, unattributed },
    parts: listed.map(namer(known)),
    others: rest.length === 0 ? null : together(rest),
    told: input.deployments.length + input.incidents.length > 0,
  };
}

function together(parts: readonly CostPart[]) {
  return {
    n: parts.length,
    bad: parts.reduce((sum, { bad }) => sum + bad, 0),
    share: parts.reduce((sum, { share }) => sum + share, 0),
  };
}
