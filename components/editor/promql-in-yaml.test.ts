import { CompletionContext } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { describe, expect, test } from "vitest";
import { completion } from "#components/editor/completion.ts";
import { documentLanguage } from "#components/editor/promql-in-yaml.ts";
import { TEMPLATES } from "#lib/editor/templates.ts";

const names = {
  metrics: async (part: string) => ["http_requests_total", "up"].filter((n) => n.includes(part)),
  labels: async (metric: string | null) => (metric === "up" ? ["job", "instance"] : ["code"]),
  values: async (label: string, metric: string | null) => [`${label} of ${metric}`],
};

function stateOf(text: string): EditorState {
  return EditorState.create({ doc: text, extensions: [documentLanguage, completion(names)] });
}

function nodesIn(state: EditorState): string[] {
  const found: string[] = [];
  syntaxTree(state).iterate({
    enter(node) {
      found.push(node.type.isError ? "error" : node.name);
    },
  });
  return found;
}

/** What is offered where `|` stands. */
async function offered(marked: string): Promise<string[]> {
  const pos = marked.indexOf("|");
  const state = stateOf(marked.replace("|", ""));
  const context = new CompletionContext(state, pos, false);
  const sources = state.languageDataAt<(c: CompletionContext) => unknown>("autocomplete", pos);
  const results = await Promise.all(sources.map((source) => source(context)));
  return results.flatMap((result) =>
    ((result as { options?: { label: string }[] } | null)?.options ?? []).map((o) => o.label),
  );
}

describe("queries in documents", () => {
  test.each(Object.entries(TEMPLATES))("are read as PromQL in %s, without an error", (_, text) => {
    const nodes = nodesIn(stateOf(text));
    expect(nodes.filter((name) => name === "VectorSelector").length).toBe(2);
    expect(nodes).not.toContain("error");
  });

  test.each([
    ["plain", "bad: sum(rate(x[5m]))"],
    ["in single quotes", "bad: 'sum(rate(x{a=\"b\"}[5m]))'"],
    ["in double quotes", 'bad: "sum(rate(x{a=\\"b\\"}[5m]))"'],
    ["in a block", "bad: |\n  sum(\n    rate(x[5m])\n  )\n"],
    ["in a folded block", "bad: >-\n  sum(\n    rate(x[5m])\n  )\n"],
    ["with a template", "error_query: sum(rate(x[{{.window}}]))"],
    ["in JSON", '{ "bad": "sum(rate(x[5m]))" }'],
  ])("are found %s", (_, text) => {
    const nodes = nodesIn(stateOf(text));
    expect(nodes).toContain("MatrixSelector");
    expect(nodes).not.toContain("error");
  });

  test("are not looked for in other fields", () => {
    expect(nodesIn(stateOf("description: sum(rate(x[5m]))"))).not.toContain("MatrixSelector");
  });
});

describe("completion", () => {
  test.each([
    ["a metric's name", "bad: sum(rate(http|", ["http_requests_total"]],
    ["a function's name", "bad: sum(ra|", ["rate"]],
    ["a label's name", "bad: sum(rate(up{j|}[5m]))", ["job", "instance"]],
    ["a label's value", 'bad: sum(rate(up{job="|"}[5m]))', ["job of up"]],
    ["a metric in quotes", "bad: 'sum(rate(htt|'", ["http_requests_total"]],
    ["a field's name", "service: a\nslos:\n  - name: x\n    ta|", ["target", "window", "sli"]],
  ])("offers %s", async (_, text, wanted) => {
    expect(await offered(text)).toEqual(expect.arrayContaining(wanted));
  });

  test("offers no field that stands there already", async () => {
    expect(await offered("service: a\nslos:\n  - name: x\n    na|")).not.toContain("name");
  });

  test("offers nothing in texts for people", async () => {
    expect(await offered("service: a\nslos:\n  - description: ra|")).toEqual([]);
  });
});
