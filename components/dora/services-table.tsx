import Link from "next/link";
import { valueText } from "#components/dora/figures.ts";
import { RowsLink } from "#components/dora/rows-link.tsx";
import { Cell, Head } from "#components/dora/table-parts.tsx";
import type { MetricFigures, ServiceLine } from "#components/dora/view.ts";
import { absenceWords, FLAG_WORD } from "#components/dora/words.ts";
import { type DoraAddress, doraPath } from "#components/layout/paths.ts";
import { Section } from "#components/ui/card.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { Flag } from "#lib/dora/metric.ts";
import type { MetricName } from "#lib/dora/report.ts";

const COLUMNS: readonly (readonly [MetricName, string])[] = [
  ["deploymentFrequency", "Deployments"],
  ["leadTime", "Lead time"],
  ["changeFailureRate", "Failure rate"],
  ["recoveryTime", "Recovery"],
  ["reworkRate", "Rework"],
];

interface ServicesTableProps {
  readonly services: readonly ServiceLine[];
  readonly address: DoraAddress;
}

/** Each service for itself: medians over several say little of any of them. */
export function ServicesTable({ services, address }: ServicesTableProps) {
  return (
    <Section title="By service">
      <p className="px-4 pb-2 text-small text-ink-2">
        Each for itself; the figures above put the deployments and changes of all of them in one
        pot. Medians are not summed or averaged.
      </p>
      <ScrollRegion label="Delivery by service">
        <table className="w-full border-collapse text-[13px]">
          <caption className="sr-only">Delivery by service</caption>
          <thead>
            <tr>
              <Head left>Service</Head>
              <Head left>Team</Head>
              {COLUMNS.map(([name, word]) => (
                <Head key={name}>{word}</Head>
              ))}
            </tr>
          </thead>
          <tbody>
            {services.map((line) => (
              <ServiceRow key={line.service} line={line} address={address} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  );
}

function ServiceRow({ line, address }: { line: ServiceLine; address: DoraAddress }) {
  const { service, teams, metrics } = line;
  const own = { ...address, service };
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 pr-3 pl-4 text-left font-normal">
        <Link href={doraPath({ ...own, rows: "" })} prefetch={false} className="prose-link">
          {service}
        </Link>
      </th>
      <Cell left>{teams.join(", ")}</Cell>
      {COLUMNS.map(([name]) => (
        <Cell key={name}>
          <Figure name={name} metric={metrics[name]} address={own} />
        </Cell>
      ))}
    </tr>
  );
}

const SHORT = [
  ["too-few", "few"],
  ["partly-synced", "in part"],
] as const satisfies readonly (readonly [Flag, string])[];

interface FigureProps {
  readonly name: MetricName;
  readonly metric: MetricFigures;
  readonly address: DoraAddress;
}

/** A number with what qualifies it; without one, why, for who asks. */
function Figure({ name, metric, address }: FigureProps) {
  const none = absenceWords(metric);
  if (none) {
    return (
      <span title={none} className="text-ink-3">
        n/a<span className="sr-only">: {none}</span>
      </span>
    );
  }
  return (
    <>
      {SHORT.filter(([flag]) => metric.flags.includes(flag)).map(([flag, word]) => (
        <span key={flag} title={FLAG_WORD[flag]} className="mr-1.5 text-small text-ink-3">
          {word}
        </span>
      ))}
      <RowsLink address={address} name={name}>
        {valueText(metric)}
      </RowsLink>
    </>
  );
}
