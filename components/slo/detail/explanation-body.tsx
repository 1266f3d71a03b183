import Link from "next/link";
import type { ReactNode } from "react";
import { deploymentsPath } from "#components/layout/paths.ts";
import { ExplainedQueryText } from "#components/slo/detail/explained-query.tsx";
import { ExplainedRows } from "#components/slo/detail/explained-rows.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Explanation } from "#lib/explain/explanation.ts";
import { utc } from "#lib/explain/figures.ts";
import { presentWindow } from "#lib/format/windows.ts";

interface ExplanationBodyProps {
  readonly explanation: Explanation;
  readonly service: string;
}

/** How a number came about: the formula with its figures, the rows they come from, the queries behind those. */
export function ExplanationBody({ explanation, service }: ExplanationBodyProps) {
  const { steps, queries, source, window, unit } = explanation;
  return (
    <div className="space-y-6">
      <Section title="Formula">
        <ol className="divide-y divide-line rounded-md border border-line">
          {steps.map((step) => (
            <li key={step.name} className="px-3 py-2">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="text-[12.5px] text-ink-3">
                  {step.name} = {step.formula}
                </span>
                <b className="font-semibold tabular-nums">{step.result}</b>
              </p>
              <p className="font-mono text-[12.5px] text-ink-2">= {step.filled}</p>
            </li>
          ))}
        </ol>
      </Section>
      <Section title={`Window: ${presentWindow(window.label)}`}>
        <p className="text-[13px] text-ink-2">
          From <Time at={window.from} /> to <Time at={window.to} />, the end not included
          <span className="block text-[12px] text-ink-3">
            {utc(window.from)} to {utc(window.to)}
          </span>
        </p>
      </Section>
      <Section title="Stored rows">
        <ExplainedRows explanation={explanation} />
        <p className="mt-1.5 text-[12.5px] text-ink-3">
          Running totals of {unit}: only their difference means something. A window takes the newest
          row at or before each of its ends.
        </p>
      </Section>
      <Section title="What was shipped in it">
        <p className="text-[13px] text-ink-2">
          <Link href={deploymentsPath(daysOf(service, window))} className="prose-link">
            Deployments of {service} in this window
          </Link>
          , each with its commits and what it cost. Budget that no deployment and no incident
          explains is told apart under “What spent the budget”.
        </p>
      </Section>
      <Section title="Queries">
        <div className="space-y-3">
          {queries.map((query) => (
            <ExplainedQueryText key={query.counts} query={query} source={source.name} />
          ))}
        </div>
        <p className="mt-2 text-[12.5px] text-ink-3">
          Asked of {source.name}
          {source.flavour && ` (${source.flavour})`} once a minute, a minute after it has passed.
        </p>
      </Section>
    </div>
  );
}

/** Days of UTC, both included; the window's end is not in it. */
function daysOf(service: string, { from, to }: Explanation["window"]) {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { service, from: day(from), to: day(to - 1) };
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-[12.5px] font-medium text-ink-3">{title}</h3>
      {children}
    </section>
  );
}
