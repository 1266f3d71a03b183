import Link from "next/link";
import { CostText } from "#components/deployments/cost-text.tsx";
import { OutcomeMark } from "#components/deployments/outcome-mark.tsx";
import type { DeploymentLine } from "#components/deployments/view.ts";
import { Cell, Head } from "#components/dora/table-parts.tsx";
import { deploymentPath } from "#components/layout/paths.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Time } from "#components/ui/time.tsx";
import { count } from "#lib/format/numbers.ts";

interface DeploymentTableProps {
  readonly lines: readonly DeploymentLine[];
  readonly caption: string;
}

/** Deployments, newest first, with what came of each and what it cost. */
export function DeploymentTable({ lines, caption }: DeploymentTableProps) {
  return (
    <ScrollRegion label={caption}>
      <table className="w-full border-collapse text-[13px]">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <Head left>Deployment</Head>
            <Head left>Service</Head>
            <Head left>When</Head>
            <Head left>Outcome</Head>
            <Head>Changes</Head>
            <Head>Incidents</Head>
            <Head>Cost</Head>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Line({ line }: { line: DeploymentLine }) {
  const { id, title, service, environment, at, changes, incidents, cost } = line;
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 pr-3 pl-4 text-left font-normal whitespace-nowrap">
        <Link href={deploymentPath(id)} prefetch={false} className="prose-link">
          {title.length > 40 ? `${title.slice(0, 39)}…` : title}
        </Link>
      </th>
      <Cell left>
        {service} <span className="text-ink-3">to {environment}</span>
      </Cell>
      <Cell left>
        <Time at={at} />
      </Cell>
      <Cell left>
        <OutcomeMark {...line} />
      </Cell>
      <Cell>{changes === null ? "–" : count(changes)}</Cell>
      <Cell>{count(incidents)}</Cell>
      <Cell>
        <CostText cost={cost} />
      </Cell>
    </tr>
  );
}
