import Link from "next/link";
import type { ReactNode } from "react";
import { deploymentPath, incidentPath } from "#components/layout/paths.ts";
import { COST_FILL, CostsBar } from "#components/slo/costs/costs-bar.tsx";
import { costSummary, shareText } from "#components/slo/costs/shares.ts";
import type { SloCosts, Spent, SpentPart } from "#components/slo/costs/view.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Time } from "#components/ui/time.tsx";
import { count } from "#lib/format/numbers.ts";

/** What an SLO's budget was spent on: a bar, and each part with what it cost; they sum to what is spent. */
export function CostsPanel({ costs }: { costs: SloCosts | null }) {
  if (!costs) return <Note>The budget is not known yet, so nothing can be said of its cost.</Note>;
  if (costs.consumed === 0) return <Note>{costSummary(costs)}</Note>;
  return (
    <div className="space-y-2.5">
      <CostsBar costs={costs} />
      <Note>{costSummary(costs)}</Note>
      {!costs.told && (
        <Note>No deployment or incident of this service is known in this window.</Note>
      )}
      <CostsTable costs={costs} />
    </div>
  );
}

function Note({ children }: { children: ReactNode }) {
  return <p className="text-[13px] text-pretty text-ink-3">{children}</p>;
}

function CostsTable({ costs }: { costs: SloCosts }) {
  const { parts, others, unattributed, unit, consumed, bad } = costs;
  return (
    <ScrollRegion label="What spent the budget, as a table">
      <table className="w-full border-collapse text-[13px] tabular-nums">
        <caption className="sr-only">What spent the budget, dearest first</caption>
        <thead>
          <tr className="text-left text-[12px] text-ink-3">
            <th scope="col" className="py-1.5 pr-2 font-medium">
              What
            </th>
            <th scope="col" className="px-2 py-1.5 text-right font-medium">
              Bad {unit}
            </th>
            <th scope="col" className="py-1.5 pl-2 text-right font-medium">
              Of the budget
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <CostRow key={`${part.kind} ${part.id}`} fill={COST_FILL[part.kind]} spent={part}>
              <PartName part={part} />
            </CostRow>
          ))}
          {others && (
            <CostRow fill={COST_FILL.others} spent={others}>
              {others.n} more, each less
            </CostRow>
          )}
          <CostRow fill={COST_FILL.unattributed} spent={unattributed}>
            Unattributed
          </CostRow>
          <CostRow fill={null} spent={{ bad, share: consumed }}>
            All that is spent
          </CostRow>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface CostRowProps {
  readonly fill: string | null;
  readonly spent: Spent;
  readonly children: ReactNode;
}

function CostRow({ fill, spent, children }: CostRowProps) {
  return (
    <tr className={`border-t ${fill === null ? "border-line-2 font-medium" : "border-line"}`}>
      <th scope="row" className="py-1.5 pr-2 text-left font-normal">
        <span className="grid grid-cols-[auto_1fr] items-baseline gap-x-2">
          <span
            aria-hidden="true"
            className="h-2.5 w-2.5 rounded-[2px]"
            style={{ background: fill ?? "transparent" }}
          />
          <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
        </span>
      </th>
      <td className="px-2 py-1.5 text-right whitespace-nowrap">{count(spent.bad)}</td>
      <td className="py-1.5 pl-2 text-right whitespace-nowrap">{shareText(spent.share)}</td>
    </tr>
  );
}

function PartName({ part: { kind, id, title, at, causedBy } }: { part: SpentPart }) {
  const isIncident = kind === "incident";
  return (
    <>
      <span className="text-ink-3">{isIncident ? "Incident " : "Deployment "}</span>
      <Link
        href={isIncident ? incidentPath(id) : deploymentPath(id)}
        prefetch={false}
        className="prose-link"
      >
        {title}
      </Link>{" "}
      <span className="text-[12px] text-ink-3">
        <Time at={at} />
        {causedBy && (
          <>
            , caused by{" "}
            <Link href={deploymentPath(causedBy.id)} prefetch={false} className="prose-link">
              {causedBy.title}
            </Link>
          </>
        )}
      </span>
    </>
  );
}
