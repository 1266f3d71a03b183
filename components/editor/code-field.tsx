"use client";

import type { EditorView } from "@codemirror/view";
import { useEffect, useId, useRef } from "react";
import type { Names } from "#components/editor/completion.ts";
import { markFindings, openEditor } from "#components/editor/setup.ts";
import type { Finding } from "#lib/spec/model.ts";

interface CodeFieldProps {
  /** What it begins with; later changes of it are not taken over. */
  readonly text: string;
  readonly names: Names;
  readonly findings: readonly Finding[];
  readonly onText: (text: string) => void;
  readonly onLine: (line: number) => void;
  readonly onReady: (view: EditorView) => void;
}

/** The document being written. Escape, then Tab leaves it; alone, Tab indents. */
export function CodeField({ findings, ...options }: CodeFieldProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(options);
  const id = useId();
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    if (!place.current) return;
    const { text, names } = latest.current;
    const opened = openEditor({
      ...{ parent: place.current, text, names, describedBy: id },
      onText: (now) => latest.current.onText(now),
      onLine: (line) => latest.current.onLine(line),
    });
    view.current = opened;
    latest.current.onReady(opened);
    return () => opened.destroy();
  }, [id]);
  useEffect(() => {
    if (view.current) markFindings(view.current, findings);
  }, [findings]);
  return (
    <div>
      <div
        ref={place}
        className="[&_.cm-editor]:max-h-[70vh] [&_.cm-editor]:min-h-[320px] max-md:[&_.cm-editor]:min-h-[240px]"
      />
      <p id={id} className="border-t border-line px-3.5 py-1.5 text-small text-ink-3">
        Tab indents; Escape, then Tab leaves the editor. Ctrl-Space completes names.
      </p>
    </div>
  );
}
