import { ExternalLink } from "lucide-react";
import type { OutsideAlertView } from "#components/slo/alert/view.ts";
import { shareText } from "#components/slo/costs/shares.ts";
import { Time } from "#components/ui/time.tsx";
import { compareFirings, differenceOf, type FiringPair } from "#lib/alerts/compare.ts";
import { severityOf } from "#lib/alerts/tie.ts";
import type { AlertSpan } from "#lib/charts/view.ts";
import { span } from "#lib/format/numbers.ts";

type Pair = FiringPair<AlertSpan, OutsideAlertView>;

const SHOWN = 8;

interface FiringsProps {
  readonly ours: readonly AlertSpan[];
  readonly outside: readonly OutsideAlertView[];
  /** Exclusive end of what is shown, epoch ms. */
  readonly until: number;
}

/** Our tiers' alerts beside those that rules outside sent, newest first, and where they differ. */
export function Firings({ ours, outside, until }: FiringsProps) {
  const pairs = compareFirings(ours, outside);
  if (pairs.length === 0)
    return <p className="text-[13px] text-ink-3">Nothing fired in this window.</p>;
  const isCompared = outside.length > 0;
  const rest = pairs.length - SHOWN;
  return (
    <>
      <ul className="grid gap-2.5 text-[13px] tabular-nums">
        {pairs.slice(0, SHOWN).map((pair) => (
          <Firing key={keyOf(pair)} pair={pair} until={until} isCompared={isCompared} />
        ))}
      </ul>
      {rest > 0 && (
        <p className="mt-1.5 text-[12.5px] text-ink-3">
          and {rest} earlier ones, drawn in the charts
        </p>
      )}
      {!isCompared && (
        <p className="mt-2 text-[12.5px] text-ink-3">
          Alertmanager has sent nothing about this SLO, so there is nothing to compare with.
        </p>
      )}
    </>
  );
}

function keyOf({ ours, outside }: Pair): string {
  return `${ours?.tier} ${ours?.startedAt} ${outside[0]?.id}`;
}

interface FiringProps {
  readonly pair: Pair;
  readonly until: number;
  readonly isCompared: boolean;
}

function Firing({ pair, until, isCompared }: FiringProps) {
  const { ours, outside } = pair;
  const difference = isCompared ? differenceOf(pair, span) : null;
  const first = outside[0];
  const severity = ours?.severity ?? severityOf(first?.severity ?? null);
  return (
    <li className="border-t border-line pt-2 first:border-0 first:pt-0">
      <p className="font-medium">
        <span
          aria-hidden="true"
          className="mr-2 inline-block h-[5px] w-3 rounded-[1px] align-middle"
          style={{ background: severity === "page" ? "var(--out-fill)" : "var(--risk-fill)" }}
        />
        {ours?.tier ?? first?.tier ?? severity}
      </p>
      {ours && (
        <p>
          Ours: <Stretch from={ours.startedAt} to={ours.endedAt} until={until} />
          {ours.spent !== null && `, spent ${shareText(ours.spent)}`}
        </p>
      )}
      {outside.map((each) => (
        <Outside key={each.id} alert={each} until={until} />
      ))}
      {difference !== null && <p className="text-ink-3">{difference}</p>}
    </li>
  );
}

function Outside({ alert, until }: { alert: OutsideAlertView; until: number }) {
  const { name, url, startsAt, endsAt } = alert;
  return (
    <p className="break-words">
      {url === null ? (
        name
      ) : (
        <a href={url} className="prose-link">
          {name}
          <ExternalLink size={11} aria-hidden="true" className="ml-0.5 inline" />
          <span className="sr-only"> (its rule, in Prometheus)</span>
        </a>
      )}
      : <Stretch from={startsAt} to={endsAt} until={until} />
    </p>
  );
}

function Stretch({ from, to, until }: { from: number; to: number | null; until: number }) {
  return (
    <>
      <Time at={from} />, {span(Math.max(0, (to ?? until) - from))}
      {to === null && <b className="font-medium text-out">, firing</b>}
    </>
  );
}
