import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** By the page's own tokens, so that both themes and their contrasts hold here as well. */
const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "13px" },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: '"IBM Plex Mono", ui-monospace, monospace', lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--ink)", padding: "10px 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "color-mix(in srgb, var(--focus) 28%, transparent)" },
  ".cm-gutters": {
    color: "var(--ink-3)",
    backgroundColor: "var(--surface)",
    borderRight: "1px solid var(--line)",
  },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in srgb, var(--ink) 4%, transparent)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "color-mix(in srgb, var(--accent) 22%, transparent)",
  },
  ".cm-tooltip": {
    color: "var(--ink)",
    backgroundColor: "var(--raised)",
    border: "1px solid var(--line-2)",
    borderRadius: "7px",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "inherit",
    maxWidth: "min(90vw, 520px)",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "var(--surface)",
    backgroundColor: "var(--accent)",
  },
  ".cm-completionDetail": { color: "inherit", fontStyle: "normal" },
  ".cm-diagnostic": { padding: "4px 10px", maxWidth: "64ch", whiteSpace: "pre-wrap" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--out-fill)" },
  ".cm-diagnostic-warning": { borderLeft: "4px solid var(--risk-fill)" },
  ".cm-diagnostic-info": { borderLeft: "4px solid var(--watch-fill)" },
  ".cm-lintRange-error": underline("var(--out-fill)", "wavy"),
  ".cm-lintRange-warning": underline("var(--risk-fill)", "wavy"),
  ".cm-lintRange-info": underline("var(--watch-fill)", "dotted"),
});

function underline(colour: string, style: string) {
  return {
    backgroundImage: "none",
    textDecoration: `underline ${style} ${colour}`,
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  };
}

const colours = HighlightStyle.define([
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: "var(--accent)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--healthy)" },
  { tag: tags.number, color: "var(--risk)" },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: "var(--out)" },
  { tag: [tags.function(tags.variableName), tags.standard(tags.name)], color: "var(--watch)" },
  { tag: [tags.meta, tags.separator, tags.punctuation], color: "var(--ink-2)" },
  { tag: [tags.labelName, tags.typeName], color: "var(--accent)" },
  { tag: tags.invalid, color: "var(--out)" },
]);

export const theme = [look, syntaxHighlighting(colours)];
