import type { DeploymentLine } from "#components/deployments/view.ts";
import { shareText } from "#components/slo/costs/shares.ts";

/** What a deployment cost of its dearest budget. */
export function CostText({ cost }: Pick<DeploymentLine, "cost">) {
  if (!cost?.spent) return <span className="text-ink-3">not measured</span>;
  const { spent, slo, windowLabel } = cost;
  if (spent.share <= 0) return <span className="text-ink-3">none</span>;
  const dear = spent.share > 0.1;
  return (
    <span title={`of the budget of ${slo} over ${windowLabel}`}>
      <span className={dear ? "font-[560] text-out" : ""}>{shareText(spent.share)}</span>{" "}
      <span className="text-ink-3">of {slo}</span>
    </span>
  );
}
