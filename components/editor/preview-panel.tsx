import type { ReactNode } from "react";
import type { PreviewState } from "#components/editor/preview-view.ts";
import {
  cautionsOf,
  doubtOf,
  figuresOf,
  previewSentence,
} from "#components/editor/preview-words.ts";
import type { PreviewAnswer } from "#components/editor/view.ts";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/card.tsx";
import { Bar } from "#components/ui/skeleton.tsx";

interface PreviewPanelProps {
  /** `service/name`; null while the text has no SLO that is right. */
  readonly slo: string | null;
  /** Why no source is asked; null when one is. */
  readonly unasked: string | null;
  readonly preview: PreviewState;
  /** The choice of SLO and source. */
  readonly choices: ReactNode;
  readonly charts: ReactNode;
}

/** What the SLO would say on real history, before anything is saved. */
export function PreviewPanel({ slo, unasked, preview, choices, charts }: PreviewPanelProps) {
  const { answer, asking } = preview;
  return (
    <Section title="Preview" aside={<Asking asking={asking} />} className="min-w-0 pb-4">
      {choices}
      <p role="status" className="sr-only">
        {answer && slo !== null ? previewSentence(answer, slo) : ""}
      </p>
      <div className="min-h-[220px] space-y-4 pt-3">
        {slo !== null && <p className="px-4 font-mono text-[12.5px] break-words text-ink">{slo}</p>}
        <Content slo={slo} unasked={unasked} preview={preview} />
        {charts}
      </div>
    </Section>
  );
}

const ASKING = { day: "asking for the last day", window: "asking for the whole window" } as const;

function Asking({ asking }: Pick<PreviewState, "asking">) {
  return <span className="text-small text-ink-3">{asking === null ? "" : ASKING[asking]}</span>;
}

function Content({
  slo,
  unasked,
  preview,
}: Pick<PreviewPanelProps, "slo" | "unasked" | "preview">) {
  const { answer, problem, asking, again } = preview;
  if (unasked !== null) return <Words>{unasked}</Words>;
  if (slo === null) {
    return <Words>The preview appears as soon as the text has an SLO without an error.</Words>;
  }
  return (
    <>
      {answer && <Answer answer={answer} />}
      {!answer && problem === null && <Waiting />}
      {problem !== null && asking === null && (
        <Problem words={problem}>
          <Button onClick={again}>Ask again</Button>
        </Problem>
      )}
    </>
  );
}

function Answer({ answer }: { answer: PreviewAnswer }) {
  if (answer.kind === "refused") {
    return <Problem words={`${answer.source} will not evaluate the query: ${answer.message}`} />;
  }
  if (answer.kind === "failed") return <Problem words={answer.message} />;
  const { numbers } = answer;
  if (numbers.kind === "no-data") return <Problem words={NO_DATA} />;
  const doubt = doubtOf(answer);
  return (
    <>
      {doubt !== null && <Problem words={doubt} />}
      <dl className="grid grid-cols-2 gap-x-5 gap-y-3 px-4 sm:grid-cols-3">
        {figuresOf(numbers).map(({ name, value }) => (
          <div key={name} className="min-w-0">
            <dt className="text-small text-ink-3">{name}</dt>
            <dd className="text-[15px] font-[560] tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {cautionsOf(answer).map((caution) => (
        <Words key={caution}>{caution}</Words>
      ))}
    </>
  );
}

const NO_DATA =
  "No data: the query matches nothing in this time. Check the metric's name and its labels; a budget without data is not known, so nothing is said of it.";

function Words({ children }: { children: string }) {
  return <p className="px-4 text-ink-2">{children}</p>;
}

function Problem({ words, children }: { words: string; children?: ReactNode }) {
  return (
    <div className="mx-4 space-y-2 rounded-[7px] border border-risk-fill/50 bg-risk-fill/10 px-3 py-2 text-[13px]">
      <p className="break-words">{words}</p>
      {children}
    </div>
  );
}

function Waiting() {
  return (
    <div className="space-y-3 px-4">
      <Bar className="h-4 w-full max-w-[320px]" />
      <Bar className="h-4 w-full max-w-[240px]" />
      <Bar className="h-[120px] w-full" />
    </div>
  );
}
