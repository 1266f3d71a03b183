import { valueText } from "#components/dora/figures.ts";
import { Cell, Head } from "#components/dora/table-parts.tsx";
import type { DoraView } from "#components/dora/view.ts";
import { absenceWords } from "#components/dora/words.ts";
import { shareText } from "#components/slo/costs/shares.ts";
import { Section } from "#components/ui/card.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { EnvironmentSeen } from "#lib/dora/environment.ts";
import type { Metric } from "#lib/dora/metric.ts";
import { count } from "#lib/format/numbers.ts";

/** What stands beside the five and is none of them: incidents of any cause, pipelines that failed. */
export function Around({ incidents, pipeline }: Pick<DoraView, "incidents" | "pipeline">) {
  const attempts = pipeline.succeeded + pipeline.failed;
  const lines: readonly (readonly [string, string])[] = [
    ["Incidents that began in the range", count(incidents.n)],
    ["Of them, no deployment is known to have caused", count(incidents.unattributed)],
    ["Time to detect, median", figure(incidents.timeToDetect)],
    ["Time to resolve, median of all incidents (MTTR)", figure(incidents.mttrAllIncidents)],
    [
      "Pipelines that reached production",
      attempts === 0
        ? "no deployment was tried"
        : `${count(pipeline.succeeded)} of ${count(attempts)} (${shareText(pipeline.succeeded / attempts)})`,
    ],
  ];
  return (
    <Section title="Beside the five">
      <dl className="text-[13px]">
        {lines.map(([name, value]) => (
          <div
            key={name}
            className="flex flex-wrap justify-between gap-x-4 border-t border-line px-4 py-2"
          >
            <dt className="text-ink-2">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function figure(metric: Metric): string {
  return absenceWords(metric) ?? `${valueText(metric)}, of ${count(metric.n)}`;
}

/** Which environments were met, and which of them count: a wrong pattern is seen here. */
export function Environments({ seen }: { seen: readonly EnvironmentSeen[] }) {
  if (seen.length === 0) return null;
  return (
    <Section title="Environments that were met">
      <details>
        <summary className="cursor-pointer px-4 pb-3 text-[13px] text-ink-2">
          {count(seen.filter(({ production }) => production).length)} of {count(seen.length)} are
          taken for production
        </summary>
        <ScrollRegion label="Environments">
          <table className="w-full border-collapse text-[13px]">
            <caption className="sr-only">Environments of all deployments, at any time</caption>
            <thead>
              <tr>
                <Head left>Service</Head>
                <Head left>Environment</Head>
                <Head left>Production</Head>
                <Head>Deployments</Head>
              </tr>
            </thead>
            <tbody>
              {seen.map(({ service, environment, production, n }) => (
                <tr key={`${service} ${environment}`} className="border-t border-line">
                  <Cell left>{service}</Cell>
                  <Cell left>{environment}</Cell>
                  <Cell left>{production ? "yes" : "no"}</Cell>
                  <Cell>{count(n)}</Cell>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </Section>
  );
}
