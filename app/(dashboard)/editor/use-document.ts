import type { EditorView } from "@codemirror/view";
import { useMemo, useRef, useState } from "react";
import { type Draft, useDraft } from "#app/(dashboard)/editor/use-draft.ts";
import { useSettled } from "#app/(dashboard)/use-settled.ts";
import { goTo, replaceText } from "#components/editor/setup.ts";
import type { EditorStart } from "#components/editor/view.ts";
import { nameOfSlo, sloAtLine, sloNamed } from "#lib/editor/chosen.ts";
import { TEMPLATES } from "#lib/editor/templates.ts";
import type { LocatedSlo, ReadDocument } from "#lib/spec/model.ts";
import { readDocument } from "#lib/spec/read.ts";

export interface WrittenDocument {
  readonly draft: Draft;
  /** The text in force, or the example that it begins with. */
  readonly original: string;
  readonly path: string;
  /** As it was read last, a moment behind the typing. */
  readonly text: string;
  /** The same with the ends of lines that the file has. */
  readonly saved: string;
  readonly read: ReadDocument;
  /** The SLO that the cursor is in, or that was chosen. */
  readonly chosen: LocatedSlo | null;
  choose(slo: string): void;
  /** Puts the cursor at a place, ready to write. */
  go(at: { line: number; column: number }): void;
  replace(text: string): void;
  readonly onText: (text: string) => void;
  readonly onLine: (line: number) => void;
  readonly onReady: (view: EditorView) => void;
}

/** Reading is quick, but not so quick that each key need wait for it. */
const READ_AFTER_MS = 150;

/** The text that is being written, as it is read all along: what is right in it, and what is not. */
export function useDocument(start: EditorStart): WrittenDocument {
  const { opened, beside } = start;
  const original = plainEnds(opened?.text ?? TEMPLATES[start.dialect]);
  const draft = useDraft(opened?.path ?? "new", original);
  const [written, setWritten] = useState(draft.text);
  const [line, setLine] = useState(1);
  const [picked, setPicked] = useState(start.slo);
  const view = useRef<EditorView | null>(null);
  const text = useSettled(written, READ_AFTER_MS);
  const path = opened?.path ?? "document.yaml";
  const read = useMemo(() => readDocument(path, text, beside), [path, text, beside]);
  const show = (at: { line: number; column: number }) => view.current && goTo(view.current, at);
  return {
    ...{ draft, original, path, text, read, onLine: setLine },
    go: (at) => {
      show(at);
      view.current?.focus();
    },
    saved: opened?.text.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text,
    chosen: chosenOf(read.slos, picked, line),
    choose: (slo) => {
      setPicked(slo);
      const place = sloNamed(read.slos, slo)?.place;
      if (place) show(place);
    },
    replace: (other) => view.current && replaceText(view.current, other),
    onText: (now) => {
      setWritten(now);
      draft.keep(now);
    },
    onReady: (ready) => {
      view.current = ready;
      const place = sloNamed(read.slos, start.slo ?? "")?.place;
      if (place) goTo(ready, place);
    },
  };
}

/** An editor knows one end of a line only. */
function plainEnds(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** Several SLOs may begin at one place: of those the one that was chosen counts. */
function chosenOf(slos: readonly LocatedSlo[], picked: string | null, line: number) {
  const here = sloAtLine(slos, line);
  const chosen = picked === null ? null : sloNamed(slos, picked);
  return chosen && chosen.place.line === here?.place.line ? chosen : here;
}

/** A name for a file that has none yet: that of its service. */
export function newFileName({ slos }: ReadDocument): string {
  return `slos/${slos[0]?.definition.service ?? "document"}.yaml`;
}

/** The SLOs of a text by name, each once. */
export function namesOf({ slos }: ReadDocument): string[] {
  return [...new Set(slos.map(({ definition }) => nameOfSlo(definition)))];
}
