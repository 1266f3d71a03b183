import type { ReactNode } from "react";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ExplainedQuery, Explanation } from "#lib/explain/explanation.ts";
import { count, utc } from "#lib/explain/figures.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";

/** How a number came about: the formula with its figures, the rows they come from, the queries behind those. */
export function ExplanationBody({ explanation }: { explanation: Explanation }) {
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
      <Section title={`Window of ${window.label}`}>
        <p className="text-[13px] text-ink-2">
          From <Time at={window.from} /> to <Time at={window.to} />, the end not included
          <span className="block text-[12px] text-ink-3">
            {utc(window.from)} to {utc(window.to)}
          </span>
        </p>
      </Section>
      <Section title="Stored rows">
        <Rows explanation={explanation} />
        <p className="mt-1.5 text-[12.5px] text-ink-3">
          Running totals of {unit}: only their difference means something. A window takes the newest
          row at or before each of its ends.
        </p>
      </Section>
      <Section title="Queries">
        <div className="space-y-3">
          {queries.map((query) => (
            <Query key={query.counts} query={query} />
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

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-[12.5px] font-medium text-ink-3">{title}</h3>
      {children}
    </section>
  );
}

function Rows({ explanation: { rows, difference } }: { explanation: Explanation }) {
  return (
    <ScrollRegion label="Stored rows">
      <table className="w-full border-collapse text-[12.5px] tabular-nums">
        <thead>
          <tr className="text-ink-3">
            <th scope="col" className="py-1 pr-3 text-left font-medium">
              Row, UTC
            </th>
            <th scope="col" className="px-2 py-1 text-right font-medium">
              good
            </th>
            <th scope="col" className="px-2 py-1 text-right font-medium">
              total
            </th>
            <th scope="col" className="py-1 pl-2 text-right font-medium">
              minutes
            </th>
          </tr>
        </thead>
        <tbody>
          <TotalsLine name="end" row={rows.end} />
          <TotalsLine name="start" row={rows.start} />
          <tr className="border-t border-line-2 font-semibold">
            <th scope="row" className="py-1 pr-3 text-left font-semibold">
              difference
            </th>
            <td className="px-2 py-1 text-right">{count(difference.good)}</td>
            <td className="px-2 py-1 text-right">{count(difference.total)}</td>
            <td className="py-1 pl-2 text-right">{count(difference.covered)}</td>
          </tr>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function TotalsLine({ name, row }: { name: string; row: TotalsRow | null }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1 pr-3 text-left font-normal whitespace-nowrap">
        <span className="inline-block w-10 text-ink-3">{name}</span>
        {row ? utc(row.at).replace(" UTC", "") : "no row yet"}
      </th>
      <td className="px-2 py-1 text-right">{row ? count(row.good) : "none"}</td>
      <td className="px-2 py-1 text-right">{row ? count(row.total) : "none"}</td>
      <td className="py-1 pl-2 text-right">{row ? count(row.covered) : "none"}</td>
    </tr>
  );
}

function Query({ query }: { query: ExplainedQuery }) {
  return (
    <div>
      <p className="mb-1 text-[12.5px] text-ink-2">{query.counts}, as the document has it</p>
      <Promql text={query.written} />
      {query.asked && (
        <>
          <p className="mt-2 mb-1 text-[12.5px] text-ink-2">
            as it is asked, so that each minute's events are counted exactly
          </p>
          <Promql text={query.asked} />
        </>
      )}
    </div>
  );
}

function Promql({ text }: { text: string }) {
  return (
    <pre className="overflow-x-auto rounded-md border border-line bg-bg px-2.5 py-2 font-mono text-[12px] leading-relaxed whitespace-pre-wrap break-words">
      {text}
    </pre>
  );
}
