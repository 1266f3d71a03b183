import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { type ListedLine, listedLines } from "#components/slo/apart/listed.ts";
import type { ApartLine } from "#components/slo/apart/view.ts";
import { shareText } from "#components/slo/costs/shares.ts";
import { Time } from "#components/ui/time.tsx";
import { apartTitle } from "#lib/charts/apart.ts";
import { count, span } from "#lib/format/numbers.ts";

interface ApartListProps {
  /** The window of the SLO, as "30d". */
  readonly windowLabel: string;
  readonly lines: readonly ApartLine[];
  readonly unit: "events" | "minutes";
  /** Everything counts on this page, also what is usually left out. */
  readonly everything: boolean;
  /** Exclusive end of what is shown, epoch ms. */
  readonly until: number;
  /** What may be done with each. */
  readonly actions?: ((line: ApartLine) => ReactNode) | undefined;
}

const SHOWN = 8;

/** Maintenance and experiments, newest first: what was counted in each, and whether it is left out. */
export function ApartList({ lines: all, windowLabel, ...rest }: ApartListProps) {
  const lines = listedLines(all);
  if (lines.length === 0) {
    return (
      <p className="text-[13px] text-ink-3">
        Nothing is left out of the window of {windowLabel}, and no experiment was told of in it.
      </p>
    );
  }
  return (
    <>
      <ul className="grid gap-2.5 text-[13px] tabular-nums">
        {lines.slice(0, SHOWN).map((line) => (
          <Line key={`${line.id} ${line.from}`} line={line} {...rest} />
        ))}
      </ul>
      {lines.length > SHOWN && (
        <p className="mt-1.5 text-[12.5px] text-ink-3">
          and {lines.length - SHOWN} earlier ones, drawn in the charts
        </p>
      )}
    </>
  );
}

interface LineProps extends Omit<ApartListProps, "lines" | "windowLabel"> {
  readonly line: ListedLine;
}

function Line({ line, unit, everything, until, actions }: LineProps) {
  return (
    <li className="border-t border-line pt-2 first:border-0 first:pt-0">
      <p className="font-medium break-words">
        <Title line={line} />
      </p>
      <p>
        <Stretch line={line} until={until} />
      </p>
      <p>
        {countedText(line, unit)} <b className="font-medium">{verdict(line, everything)}</b>
        {byPolicy(line)}
      </p>
      <p className="break-words text-ink-3">
        {line.reason !== line.title && line.reason}
        {line.document === null ? ` (${line.by}` : ` (from ${line.document}`}
        {line.slo === null && ", for every SLO of the service"}
        {line.recurs && ", comes again"})
      </p>
      {line.acts && actions?.(line)}
    </li>
  );
}

function Title({ line }: { line: ApartLine }) {
  if (line.url === null) return apartTitle(line);
  return (
    <a href={line.url} className="prose-link">
      {apartTitle(line)}
      <ExternalLink size={11} aria-hidden="true" className="ml-0.5 inline" />
    </a>
  );
}

function Stretch({ line: { from, to, planned }, until }: { line: ApartLine; until: number }) {
  const isRunning = to === null || (!planned && to > until);
  return (
    <>
      <Time at={from} />, {span(Math.max(0, (to ?? until) - from))}
      {isRunning && <b className="font-medium">, running</b>}
      {planned && ", planned"}
    </>
  );
}

function countedText({ counted, planned }: ApartLine, unit: string): string {
  if (planned) return "";
  if (!counted) return "What failed in it is not known.";
  const { bad, total, share } = counted;
  const of = share === null ? "" : `, ${shareText(share)} of the budget`;
  return `${count(bad)} of ${count(total)} ${unit} bad in it${of}.`;
}

function verdict({ excluded, planned }: ApartLine, everything: boolean): string {
  if (planned) return excluded ? "Will be left out." : "Will count.";
  if (!excluded) return "Counted.";
  return everything ? "Usually left out; counted here." : "Left out.";
}

function byPolicy({ policy }: ApartLine): string {
  if (policy === null) return "";
  if (policy.countedBecause === null) return " The policy leaves experiments out.";
  return ` The policy leaves experiments out; this one counts because ${policy.countedBecause}.`;
}
