import { describe, expect, test } from "vitest";
import { fieldsAt } from "#lib/editor/fields.ts";
import { TEMPLATES } from "#lib/editor/templates.ts";
import { readDocument } from "#lib/spec/read.ts";

/** The fields offered where `|` stands, those that stand there already left out. */
function offered(marked: string): string[] | null {
  const found = fieldsAt(marked.replace("|", ""), marked.indexOf("|"));
  if (found === null) return null;
  return found.choices.filter(({ taken }) => !taken).map(({ name }) => name);
}

describe("fields that may be written", () => {
  test.each([
    ["at the top of an empty text", "|", ["service", "slos", "apiVersion"]],
    ["at the top of a plain document", "service: a\nslos: []\now|", ["owner", "description"]],
    ["in an SLO", "service: a\nslos:\n  - name: b\n    |", ["target", "window", "sli"]],
    ["after the dash of a list", "service: a\nslos:\n  - n|", ["name", "sli"]],
    ["in an SLI", "service: a\nslos:\n  - name: b\n    sli:\n      |", ["good", "bad", "metric"]],
    ["with a value behind it", "service: a\nslos:\n  - name: b\n    tar|: 1", ["target"]],
    ["in Sloth's", "version: prometheus/v1\nservice: a\nslos:\n  - na|", ["name", "objective"]],
    [
      "around what is nested",
      TEMPLATES.pyrra.replace("    ratio:", "    ra|:"),
      ["latency", "bool_gauge"],
    ],
    ["in OpenSLO", TEMPLATES.openslo.replace("  service:", "  ser|:"), ["service"]],
    ["in a text with Windows' lines", "service: a\r\nslos:\r\n  - na|\r\n", ["name"]],
  ])("%s", (_, text, wanted) => {
    expect(offered(text)).toEqual(expect.arrayContaining(wanted));
  });

  test.each([
    ["in a value", "service: a|"],
    ["in a query", "service: a\nslos:\n  - sli: { bad: ra|"],
    ["below a text", "service: a\n  b|"],
  ])("are none %s", (_, text) => {
    expect(offered(text)).toBeNull();
  });

  test("are those that the reader takes", () => {
    const text = "service: a\nslos:\n  - name: b\n    |";
    for (const name of offered(text) ?? []) {
      const { findings } = readDocument("a", text.replace("|", `${name}:`));
      expect(findings.filter(({ code }) => code === "unknown-field")).toEqual([]);
    }
    expect(offered(text)?.length).toBeGreaterThan(10);
  });
});
