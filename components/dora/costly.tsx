import Link from "next/link";
import { Cell, Head } from "#components/dora/table-parts.tsx";
import { deploymentPath, sloPath } from "#components/layout/paths.ts";
import { shareText } from "#components/slo/costs/shares.ts";
import type { CostlyDeployment } from "#components/slo/costs/view.ts";
import { Section } from "#components/ui/card.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Time } from "#components/ui/time.tsx";

interface CostlyDeploymentsProps {
  readonly deployments: readonly CostlyDeployment[];
  readonly among: "all" | "suspected";
}

export const SUSPECTED_WORDS =
  "Of more than 500 deployments, only those with an incident or near a burn alert are looked at.";

/** The deployments of a range that cost more than a tenth of a budget, dearest first. */
export function CostlyDeployments({ deployments, among }: CostlyDeploymentsProps) {
  return (
    <Section title="Deployments that cost more than 10 % of a budget">
      {among === "suspected" && (
        <p className="px-4 pb-2 text-small text-ink-2">{SUSPECTED_WORDS}</p>
      )}
      {deployments.length === 0 ? (
        <p className="px-4 pb-4 text-[13px] text-ink-2">
          None of this range, by what is measured around each of them.
        </p>
      ) : (
        <ScrollRegion label="Deployments that cost more than 10 % of a budget, as a table">
          <table className="w-full border-collapse text-[13px]">
            <caption className="sr-only">
              Dearest first, each with the budget it cost most of
            </caption>
            <thead>
              <tr>
                <Head left>Deployment</Head>
                <Head left>Service</Head>
                <Head left>Finished</Head>
                <Head left>SLO</Head>
                <Head>Of its budget</Head>
                <Head>Incidents</Head>
              </tr>
            </thead>
            <tbody>
              {deployments.map((one) => (
                <CostlyRow key={one.deploymentId} one={one} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Section>
  );
}

function CostlyRow({
  one: { deploymentId, title, finishedAt, failed, cost },
}: {
  one: CostlyDeployment;
}) {
  return (
    <tr className="border-t border-line">
      <Cell left>
        <Link href={deploymentPath(deploymentId)} prefetch={false} className="prose-link">
          {title}
        </Link>
        {failed && <span className="text-ink-3"> (failed)</span>}
      </Cell>
      <Cell left>{cost.service}</Cell>
      <Cell left>
        <Time at={finishedAt} />
      </Cell>
      <Cell left>
        <Link href={sloPath(cost)} prefetch={false} className="prose-link">
          {cost.slo}
        </Link>
      </Cell>
      <Cell>{`${shareText(cost.spent.share)} of ${cost.windowLabel}`}</Cell>
      <Cell>{cost.incidentIds.length}</Cell>
    </tr>
  );
}
