import Link from "next/link";
import { DeploymentTable } from "#components/deployments/deployment-table.tsx";
import type { DeploymentLine } from "#components/deployments/view.ts";
import { comparedText, valueText } from "#components/dora/figures.ts";
import { Flags } from "#components/dora/flags.tsx";
import { RowsLink } from "#components/dora/rows-link.tsx";
import { TrendLine } from "#components/dora/trend-line.tsx";
import { trendWords } from "#components/dora/trend-words.ts";
import type { MetricView } from "#components/dora/view.ts";
import { absenceWords, METRIC_WORD } from "#components/dora/words.ts";
import {
  type DoraAddress,
  deploymentsPath,
  doraPath,
  incidentPath,
} from "#components/layout/paths.ts";
import { Section } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Incident } from "#lib/dora/facts.ts";

export type OpenIncident = Pick<Incident, "id" | "service" | "title" | "severity" | "startedAt">;

interface TeamDeliveryProps {
  readonly team: string;
  readonly metrics: readonly MetricView[];
  readonly lines: readonly DeploymentLine[];
  readonly open: readonly OpenIncident[];
}

/** How a team delivers: its open incidents, the five metrics with their trend, what it shipped last. */
export function TeamDelivery({ team, metrics, lines, open }: TeamDeliveryProps) {
  return (
    <div className="space-y-5">
      <OpenIncidents open={open} />
      <Section title="Delivery, last 30 days" aside={<More href={doraPath({ team })} />}>
        <ul className="grid sm:grid-cols-2 xl:grid-cols-5">
          {metrics.map((metric) => (
            <li key={metric.name} className="border-t border-line px-4 py-3">
              <Figure metric={metric} address={{ team }} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Recent deployments" aside={<More href={deploymentsPath({ team })} />}>
        {lines.length === 0 ? (
          <p className="px-4 pb-4 text-[13px] text-ink-2">No deployment of this team is known.</p>
        ) : (
          <DeploymentTable lines={lines} caption={`Recent deployments of ${team}`} />
        )}
      </Section>
    </div>
  );
}

function More({ href }: { href: string }) {
  return (
    <Link href={href} className="prose-link text-[13px]">
      All of it
    </Link>
  );
}

function Figure({ metric, address }: { metric: MetricView; address: DoraAddress }) {
  const { name, now, before, trend } = metric;
  const compared = comparedText(name, now, before);
  return (
    <div className="space-y-1">
      <h3 className="text-small text-ink-2">{METRIC_WORD[name]}</h3>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <RowsLink address={address} name={name} className="text-[17px] font-[620]">
          {valueText(now)}
        </RowsLink>
        <span className="text-small text-ink-3">{absenceWords(now) ?? compared}</span>
      </p>
      <Flags
        metric={{ ...now, flags: now.flags.filter((flag) => flag === "partly-synced") }}
        zone="UTC"
      />
      <TrendLine points={trend} label={trendWords(metric)} />
    </div>
  );
}

function OpenIncidents({ open }: { open: readonly OpenIncident[] }) {
  if (open.length === 0) return null;
  return (
    <Section title={open.length === 1 ? "1 open incident" : `${open.length} open incidents`}>
      <ul className="text-[13px]">
        {open.map(({ id, title, severity, service, startedAt }) => (
          <li key={id} className="flex flex-wrap gap-x-3 border-t border-line px-4 py-2">
            <span className="font-[560] text-out">{severity}</span>
            <Link href={incidentPath(id)} className="prose-link [overflow-wrap:anywhere]">
              {title}
            </Link>
            <span className="text-ink-2">
              {service}, since <Time at={startedAt} show="both" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
