import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { type Diagnostic, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { completion, type Names } from "#components/editor/completion.ts";
import { documentLanguage } from "#components/editor/promql-in-yaml.ts";
import { theme } from "#components/editor/theme.ts";
import { type Mark, marksOf } from "#lib/editor/marks.ts";
import type { Finding } from "#lib/spec/model.ts";

interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly names: Names;
  /** The id of the sentence that says how to leave by keyboard. */
  readonly describedBy: string;
  readonly onText: (text: string) => void;
  /** The line (1-based) that the cursor is in. */
  readonly onLine: (line: number) => void;
}

/** The editor of a document in `parent`. */
export function openEditor(options: EditorOptions): EditorView {
  const state = EditorState.create({ doc: options.text, extensions: extensions(options) });
  return new EditorView({ state, parent: options.parent });
}

function extensions({ names, describedBy, onText, onLine }: EditorOptions): Extension {
  const tell = EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
    if (docChanged) onText(state.doc.toString());
    if (docChanged || selectionSet) onLine(state.doc.lineAt(state.selection.main.head).number);
  });
  const spoken = { "aria-label": "SLO document", "aria-describedby": describedBy };
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    indentUnit.of("  "),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ ...spoken, spellcheck: "false" }),
    documentLanguage,
    completion(names),
    theme,
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...historyKeymap,
      ...defaultKeymap.filter(({ key }) => key !== "Mod-k" && key !== "Ctrl-k"),
      indentWithTab,
    ]),
    tell,
  ];
}

const SEVERITY = { error: "error", lint: "warning", loss: "info" } as const;

/** Marks findings in the text, in place of those before. */
export function markFindings(view: EditorView, findings: readonly Finding[]): void {
  const marks = marksOf(view.state.doc.toString(), findings);
  view.dispatch(setDiagnostics(view.state, marks.map(diagnosticOf)));
}

function diagnosticOf({ from, to, finding }: Mark): Diagnostic {
  const { severity, message, code } = finding;
  return { from, to, severity: SEVERITY[severity], message: `${message} [${code}]` };
}

/** Puts the cursor at a place (1-based), in sight; the keyboard stays where it is. */
export function goTo(view: EditorView, at: { line: number; column: number }): void {
  const line = view.state.doc.line(Math.min(at.line, view.state.doc.lines));
  const anchor = Math.min(line.to, line.from + at.column - 1);
  view.dispatch({
    selection: { anchor },
    effects: EditorView.scrollIntoView(anchor, { y: "center" }),
  });
}

/** Puts another text in place of the one that is there; undone as any change is. */
export function replaceText(view: EditorView, text: string): void {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: 0 },
  });
}
