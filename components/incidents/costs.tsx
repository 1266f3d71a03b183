import Link from "next/link";
import { badWords, unmeasuredWords } from "#components/incidents/words.ts";
import { sloPath } from "#components/layout/paths.ts";
import { shareText } from "#components/slo/costs/shares.ts";
import type { BudgetCost } from "#components/slo/costs/view.ts";
import { Banner } from "#components/ui/banner.tsx";
import { percent } from "#lib/format/numbers.ts";

/** From here on the policy of most teams asks for a postmortem. */
const POSTMORTEM_SHARE = 0.2;

interface CostsProps {
  readonly costs: readonly BudgetCost[];
}

/** What the incident, which began at `startedAt` (epoch ms), cost of each budget of its service. */
export function Costs({ costs, startedAt }: CostsProps & { readonly startedAt: number }) {
  if (costs.length === 0) {
    return (
      <p className="px-4 pb-3 text-[13px] text-ink-3">
        No SLO of the service measures it, so there is no budget that it could have cost.
      </p>
    );
  }
  return (
    <table className="w-full text-[13px]">
      <caption className="sr-only">Share of each error budget that the incident spent</caption>
      <thead>
        <tr className="text-small text-ink-3">
          <th scope="col" className="px-4 py-1 text-left font-normal">
            SLO
          </th>
          <th scope="col" className="px-4 py-1 text-right font-normal">
            Of its budget
          </th>
        </tr>
      </thead>
      <tbody>
        {costs.map((cost) => (
          <CostRow key={cost.slo} cost={cost} startedAt={startedAt} />
        ))}
      </tbody>
    </table>
  );
}

function CostRow({ cost, startedAt }: { cost: BudgetCost; startedAt: number }) {
  const { service, slo, spent, windowLabel } = cost;
  return (
    <tr className="border-t border-line">
      <th scope="row" className="px-4 py-1.5 text-left align-baseline font-normal">
        <Link
          href={sloPath({ service, slo })}
          prefetch={false}
          className="prose-link [overflow-wrap:anywhere]"
        >
          {slo}
        </Link>
        <span className="block text-small text-ink-3">window of {windowLabel}</span>
      </th>
      <td className="px-4 py-1.5 text-right align-baseline tabular-nums">
        {spent === null ? (
          <span className="text-ink-3">{unmeasuredWords(cost, startedAt)}</span>
        ) : (
          <>
            {shareText(spent.share)}
            <span className="block text-small text-ink-3">{badWords(cost, spent.bad)}</span>
          </>
        )}
      </td>
    </tr>
  );
}

interface OwedProps extends CostsProps {
  readonly postmortemUrl: string | null;
}

/** Says that a postmortem is owed, where the incident was dear and none is linked. */
export function PostmortemOwed({ costs, postmortemUrl }: OwedProps) {
  const dearest = dearestOf(costs);
  if (postmortemUrl !== null || !dearest) return null;
  return (
    <Banner tone="warning">
      <strong className="font-[620]">Postmortem owed:</strong> the incident spent{" "}
      {percent(dearest.share)} of the budget of {dearest.slo}, more than {percent(POSTMORTEM_SHARE)}
      . Link it with “Edit” once it is written.
    </Banner>
  );
}

function dearestOf(costs: readonly BudgetCost[]): { slo: string; share: number } | null {
  const dear = costs.flatMap(({ slo, spent }) =>
    spent && spent.share > POSTMORTEM_SHARE ? [{ slo, share: spent.share }] : [],
  );
  return dear.sort((a, b) => b.share - a.share)[0] ?? null;
}
