import Link from "next/link";
import { Cell, Head } from "#components/dora/table-parts.tsx";
import { sloPath } from "#components/layout/paths.ts";
import { shareText } from "#components/slo/costs/shares.ts";
import type { BudgetCost } from "#components/slo/costs/view.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { count } from "#lib/format/numbers.ts";

/** What it cost of each budget of its service, with the incidents that it caused. */
export function CostTable({ costs }: { costs: readonly BudgetCost[] }) {
  if (costs.length === 0) {
    return (
      <p className="px-4 pb-4 text-[13px] text-ink-2">
        Its service has no SLO whose budget it could have spent.
      </p>
    );
  }
  return (
    <ScrollRegion label="Cost of each budget">
      <table className="w-full border-collapse text-[13px]">
        <caption className="sr-only">
          What it cost of each budget, with the incidents that it caused
        </caption>
        <thead>
          <tr>
            <Head left>SLO</Head>
            <Head>Of the budget</Head>
            <Head>Bad</Head>
            <Head left>Window</Head>
          </tr>
        </thead>
        <tbody>
          {costs.map((cost) => (
            <tr key={cost.slo} className="border-t border-line">
              <Cell left>
                <Link href={sloPath(cost)} className="prose-link">
                  {cost.slo}
                </Link>
              </Cell>
              <Cell>{partText(cost)}</Cell>
              <Cell>{badText(cost)}</Cell>
              <Cell left>{cost.windowLabel}</Cell>
            </tr>
          ))}
        </tbody>
      </table>
      {costs.some(({ uncompared }) => uncompared) && (
        <p className="px-4 py-2 text-small text-ink-2">
          At least so much (≥): there was no traffic outside incidents just before it, so what went
          wrong after it has nothing to be compared with.
        </p>
      )}
    </ScrollRegion>
  );
}

function partText({ spent, uncompared }: BudgetCost): string {
  if (!spent) return "not measured";
  return `${uncompared ? "≥ " : ""}${shareText(spent.share)}`;
}

function badText({ spent, unit, uncompared }: BudgetCost): string {
  if (!spent) return "–";
  return `${uncompared ? "≥ " : ""}${count(spent.bad)} ${unit}`;
}
