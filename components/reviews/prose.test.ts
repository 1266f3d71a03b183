import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, type Inline, parseProse } from "#components/reviews/prose.ts";

const text = (words: string): Inline => ({ kind: "text", text: words });
const link = (words: string, href: string): Inline => ({ kind: "link", text: words, href });
const paragraph = (...content: Inline[]): Block => ({ kind: "paragraph", content });

/** All that a reader sees. */
const seen = (blocks: readonly Block[]): string =>
  blocks
    .flatMap((block) => (block.kind === "list" ? block.items.flat() : block.content))
    .map((part) => part.text)
    .join("");

describe("notes", () => {
  test.each<[string, Block[]]>([
    ["", []],
    ["\n \n", []],
    ["one\ntwo\n\nthree", [paragraph(text("one two")), paragraph(text("three"))]],
    ["## Went well", [{ kind: "heading", content: [text("Went well")] }]],
    [
      "Why:\n- a\n* **b**\n1. c",
      [
        paragraph(text("Why:")),
        { kind: "list", ordered: false, items: [[text("a")], [{ kind: "strong", text: "b" }]] },
        { kind: "list", ordered: true, items: [[text("c")]] },
      ],
    ],
    [
      "see [the log](https://x.example/a?b=c) and http://y.example/z",
      [
        paragraph(
          text("see "),
          link("the log", "https://x.example/a?b=c"),
          text(" and "),
          link("http://y.example/z", "http://y.example/z"),
        ),
      ],
    ],
  ])("%o are read as paragraphs, headings, lists, links and bold words", (given, blocks) => {
    expect(parseProse(given)).toEqual(blocks);
  });

  test.each([
    "[x](javascript:alert(1))",
    "[x](data:text/html,hi)",
    "[x](//evil.example)",
    "[x](/relative)",
    "<script>alert(1)</script>",
    "https://",
    "https://[x",
  ])("%s stay text", (given) => {
    expect(parseProse(given)).toEqual([paragraph(text(given))]);
  });

  test("of any content link to the web alone, and lose no word", () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom("[a](", "https://x", "javascript:", ")", "**", "- ", "\n", "\n\n", "# "),
    );
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join("")),
        (given) => {
          const blocks = parseProse(given);
          const inlines = blocks.flatMap((block) =>
            block.kind === "list" ? block.items.flat() : block.content,
          );
          for (const one of inlines)
            if (one.kind === "link") expect(one.href).toMatch(/^https?:\/\//);
          const letters = (all: string) => all.replaceAll(/[^\p{L}]/gu, "").length;
          const hidden = inlines.reduce(
            (sum, one) =>
              sum + (one.kind === "link" && one.text !== one.href ? letters(one.href) : 0),
            0,
          );
          expect(letters(seen(blocks)) + hidden).toBe(letters(given));
        },
      ),
    );
  });
});
