import { describe, expect, test } from "vitest";
import { type Sample, writeGauges } from "#lib/format/gauges.ts";

describe("writeGauges", () => {
  test("writes one line a sample under its explanation", () => {
    const samples: Sample[] = [
      { labels: { slo: "a", window: "1h" }, value: 14.4 },
      { labels: {}, value: -0.5 },
    ];
    expect(writeGauges([{ name: "burn", help: "Burn rate", samples }])).toBe(
      '# HELP burn Burn rate\n# TYPE burn gauge\nburn{slo="a",window="1h"} 14.4\nburn -0.5\n',
    );
  });

  test.each([
    ['say "hi"', 'say \\"hi\\"'],
    ["back\\slash", "back\\\\slash"],
    ["two\nlines", "two\\nlines"],
  ])("escapes %j in a label", (value, written) => {
    const text = writeGauges([{ name: "x", help: "", samples: [{ labels: { value }, value: 1 }] }]);
    expect(text.split("\n# TYPE x gauge\n")[1]).toBe(`x{value="${written}"} 1\n`);
  });
});
