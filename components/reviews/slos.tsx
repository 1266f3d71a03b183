import Link from "next/link";
import { Cell, Head } from "#components/dora/table-parts.tsx";
import type { ReviewNumbers, ReviewSlo } from "#components/reviews/view.ts";
import { edgeWords, sliText, sloThenPath, spentText } from "#components/reviews/words.ts";
import { StateMark } from "#components/slo/state-mark.tsx";
import { Section } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { percent, precisePercent } from "#lib/format/numbers.ts";

/** Below this share of answered minutes a number may not be all of it. */
const FULL = 0.99;

/** How the SLOs stood when the month ended, worst first. */
export function ReviewSlos({ numbers }: { numbers: ReviewNumbers }) {
  const { slos } = numbers;
  const edge = edgeWords(numbers);
  // States are recorded from the first evaluation on: of months before it there are none.
  const hasStates = slos.some(({ state }) => state !== null);
  const over = slos.filter(({ consumed }) => consumed !== null && consumed >= 1).length;
  return (
    <Section
      title="SLOs"
      aside={
        slos.length > 0 && (
          <p className="text-small text-ink-3">
            {over} of {slos.length} had spent their budget at the end; each over its own window
          </p>
        )
      }
    >
      {edge && <p className="px-4 pb-2 text-small text-ink-2">{edge}</p>}
      {slos.length === 0 ? (
        <Empty title="No SLO was in force">
          SLO documents that name this team would stand here.
        </Empty>
      ) : (
        <ScrollRegion label="SLOs of the month">
          <table className="w-full border-collapse text-[13px]">
            <caption className="sr-only">SLOs when the month ended, worst first</caption>
            <thead>
              <tr>
                <Head left>SLO</Head>
                {hasStates && <Head left>State then</Head>}
                <Head>Objective</Head>
                <Head>Attained</Head>
                <Head>Budget spent</Head>
                <Head>When the month began</Head>
              </tr>
            </thead>
            <tbody>
              {slos.map((slo) => (
                <SloRow key={`${slo.service}/${slo.slo}`} {...{ slo, numbers, hasStates }} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Section>
  );
}

interface SloRowProps {
  readonly slo: ReviewSlo;
  readonly numbers: ReviewNumbers;
  readonly hasStates: boolean;
}

function SloRow({ slo, numbers, hasStates }: SloRowProps) {
  const { service, slo: name, state, objective, windowLabel, sli, consumed, coverage } = slo;
  const isOver = consumed !== null && consumed >= 1;
  return (
    <tr className="break-inside-avoid border-t border-line">
      <Cell left>
        <Link href={sloThenPath(slo, numbers)} prefetch={false} className="prose-link">
          {service}/{name}
        </Link>
      </Cell>
      {hasStates && <Cell left>{state ? <StateMark state={state} /> : "not recorded"}</Cell>}
      <Cell>
        {precisePercent(objective)} <span className="text-ink-3">{windowLabel}</span>
      </Cell>
      <Cell>
        {sliText(sli)}
        {sli !== null && coverage < FULL && (
          <span className="text-ink-3"> of {percent(coverage)} known</span>
        )}
      </Cell>
      <Cell>
        <span className={isOver ? "font-[600] text-out" : ""}>{spentText(consumed)}</span>
      </Cell>
      <Cell>{spentText(slo.consumedBefore)}</Cell>
    </tr>
  );
}
