import Link from "next/link";
import { sloPath } from "#components/layout/paths.ts";
import { BudgetGauge } from "#components/slo/budget-gauge.tsx";
import type { InstanceLine, InstancesView } from "#components/slo/instances/view.ts";
import { StateMark } from "#components/slo/state-mark.tsx";
import { Section } from "#components/ui/card.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { percent, times } from "#lib/format/numbers.ts";

/** The label sets of a grouped SLO, worst first: the number above is that of all of them together. */
export function InstancesSection({ instances }: { instances: InstancesView }) {
  const { list } = instances;
  return (
    <Section title="Instances" aside={<p className="text-small text-ink-3">{told(instances)}</p>}>
      {instances.problem !== null && (
        <p className="px-4 pb-3 text-[13px] text-risk">
          The label sets cannot be looked for: {instances.problem}.
        </p>
      )}
      {list.length > 0 && (
        <ScrollRegion label="Instances">
          <table className="w-full text-[13px] tabular-nums">
            <caption className="sr-only">Instances of the SLO, worst first</caption>
            <thead>
              <tr className="border-b border-line text-left text-small text-ink-3">
                <th scope="col" className="px-4 py-1.5 font-normal">
                  State
                </th>
                <th scope="col" className="px-4 py-1.5 font-normal">
                  Labels
                </th>
                <th scope="col" className="px-4 py-1.5 text-right font-normal">
                  Budget left
                </th>
                <th scope="col" className="px-4 py-1.5 text-right font-normal">
                  Burn 1h
                </th>
              </tr>
            </thead>
            <tbody>
              {list.map((line) => (
                <InstanceRow key={line.slo} line={line} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Section>
  );
}

function told({ list, found, askedAt, problem }: InstancesView): string {
  if (askedAt === null) return "being looked for";
  if (problem !== null) return "";
  if (found === 0) return "no series at present";
  if (found > list.length && list.length > 0) {
    return `${found} label sets; ${list.length} are told apart`;
  }
  return "each has a budget, alerts and a policy state of its own";
}

function InstanceRow({ line }: { line: InstanceLine }) {
  const { state, remaining, burn, tier } = line;
  return (
    <tr className="border-b border-line last:border-0">
      <td className="px-4 py-2 whitespace-nowrap">
        {state === null ? (
          <span className="text-ink-3">not yet known</span>
        ) : (
          <StateMark state={state} />
        )}
        {tier !== null && <span className="ml-2 text-small text-out">{tier}</span>}
      </td>
      <td className="px-4 py-2">
        <Link href={sloPath(line)} className="prose-link font-mono text-[12.5px] break-all">
          {line.labels}
        </Link>
      </td>
      <td className="px-4 py-2 text-right">
        <span className="inline-flex items-center gap-3">
          {state !== null && <BudgetGauge remaining={remaining} state={state} width={90} />}
          <span className="min-w-14">{remaining === null ? "not known" : percent(remaining)}</span>
        </span>
      </td>
      <td className="px-4 py-2 text-right">{burn === null ? "not known" : times(burn)}</td>
    </tr>
  );
}
