import { useMemo } from "react";
import { PreviewCharts } from "#app/(dashboard)/editor/preview-charts.tsx";
import {
  namesOf,
  newFileName,
  type WrittenDocument,
} from "#app/(dashboard)/editor/use-document.ts";
import { usePreview } from "#app/(dashboard)/editor/use-preview.ts";
import { Choices } from "#components/editor/choices.tsx";
import { PreviewPanel } from "#components/editor/preview-panel.tsx";
import { SavePanel } from "#components/editor/save-panel.tsx";
import type { EditorStart } from "#components/editor/view.ts";
import { nameOfSlo, pathInRepository } from "#lib/editor/chosen.ts";
import { unifiedDiff } from "#lib/editor/diff.ts";
import { isExample } from "#lib/editor/templates.ts";

interface LookingProps {
  readonly start: EditorStart;
  readonly written: WrittenDocument;
  /** Where the chosen SLO is counted; null while there is no source. */
  readonly source: string | null;
  readonly onSource: (source: string) => void;
}

/** What the SLO under the cursor says on its history. */
export function Preview({ start, written, source, onSource }: LookingProps) {
  const { read, text, chosen } = written;
  const definition = chosen?.definition ?? null;
  const slo = definition && nameOfSlo(definition);
  const unasked = whyUnasked(start, text);
  const file = start.opened?.path ?? null;
  const preview = usePreview({ text, file, definition, source, enabled: unasked === null });
  const { answer } = preview;
  const known = answer?.kind === "seen" && answer.numbers.kind === "known" ? answer.numbers : null;
  const choices = (
    <Choices
      slos={namesOf(read)}
      slo={slo}
      onSlo={written.choose}
      sources={start.mayAsk ? start.sources : []}
      source={source}
      named={definition !== null && definition.datasource !== null}
      onSource={onSource}
    />
  );
  const charts = known && <PreviewCharts chart={known.chart} />;
  return <PreviewPanel {...{ slo, unasked, preview, choices, charts }} />;
}

function whyUnasked({ mayAsk, sources }: EditorStart, text: string): string | null {
  if (!mayAsk) return "A preview lets a source work: it needs an editor of a team, or an admin.";
  if (sources.length === 0) return NO_SOURCE;
  return isExample(text) ? EXAMPLE : null;
}

const EXAMPLE =
  "This is an example. Write your own names into it, or paste a document: its budget appears here, on your history.";
const NO_SOURCE =
  "No source is configured yet, so there is no history to show: name one in plimsoll.yaml, or set PLIMSOLL_PROMETHEUS_URL.";

/** The way from here to where documents are kept. */
export function Save({ start: { opened }, written }: Pick<LookingProps, "start" | "written">) {
  const { saved, read } = written;
  const diff = useMemo(
    () => opened && unifiedDiff(pathInRepository(opened.path), opened.text, saved),
    [opened, saved],
  );
  const path = opened ? pathInRepository(opened.path) : newFileName(read);
  return <SavePanel path={path} text={saved} diff={diff} />;
}
