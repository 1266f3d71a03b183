import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sloRules } from "#lib/rules/group.ts";
import { RULE_LOSS_CODES } from "#lib/rules/losses.ts";
import { SERIES } from "#lib/rules/series.ts";
import { sloOf } from "#lib/slo/testing.ts";

const guide = readFileSync(join(import.meta.dirname, "../../docs/prometheus-rules.md"), "utf8");

test("the guide lists exactly the losses that there are", () => {
  const rows = [...guide.matchAll(/^\| `([a-z][a-z-]+)` \| (.+) \|$/gm)].map(([, code, text]) => [
    code,
    text,
  ]);
  expect(rows).toEqual(Object.entries(RULE_LOSS_CODES));
});

test("the guide names every recorded series and every alert", () => {
  const sli = { kind: "threshold", query: "x", op: "lt", threshold: 1 } as const;
  const options = { url: "https://x.example", extraLabels: {}, scrapeIntervalMs: 60_000 };
  const rules = sloRules(sloOf({ sli, objective: 0.99 }), options).group?.rules ?? [];
  const names = rules.map((rule) => ("record" in rule ? rule.record : rule.alert));
  const ratios = /^slo:error:ratio_increase/;
  const said = new Set([...names.filter((name) => !ratios.test(name)), ...Object.values(SERIES)]);
  for (const name of said) expect(guide).toContain(`\`${name}\``);
  expect(guide).toContain("`slo:error:ratio_increase5m` … `3d`");
});
