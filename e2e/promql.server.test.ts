import { describe, expect, test } from "vitest";
import { mutant } from "#lib/convert/mutants.ts";
import { kindMistake } from "#lib/promql/kinds.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import { readDocuments } from "#lib/spec/read.ts";
import { checkRules } from "./rules/promtool.ts";
import { missingPrometheus } from "./servers/prometheus.ts";

const MUTANTS = 20_000;
/** Prometheus 3 takes names in quotes and durations without a unit; the one here may be older. */
const NEWER = /\{\s*["']|\[\d+\]/;
const absent = missingPrometheus();

describe.skipIf(absent)(
  `queries as a real Prometheus takes them${absent ? ` (${absent})` : ""}`,
  () => {
    test("what is accepted of twenty thousand mutated documents, it takes", async () => {
      const queries = [...acceptedQueries()].filter((query) => !NEWER.test(query));
      expect(queries.length).toBeGreaterThan(100);
      const { said } = await checkRules(rules(queries));
      expect(refused(said, queries)).toEqual([]);
    });

    test.each([
      "rate(a-b[5m])",
      "rate((x)[5m])",
      'rate({code!~"5.."}[5m])',
      "histogram_quantile(0.9, 0.9, x)",
      "sum(5)",
      "vector(x)",
      "x or 0",
      "1 > 2",
      "x + 'a'",
      "abs()",
    ])("what is refused, it refuses: %s", async (query) => {
      const parsed = parsePromql(query);
      expect("tree" in parsed && kindMistake(parsed.tree)).toBeTruthy();
      expect((await checkRules(rules([query]))).ok).toBe(false);
    });
  },
);

function acceptedQueries(): Set<string> {
  const documents = Array.from({ length: MUTANTS }, (_, n) =>
    readDocuments([{ file: "a.yaml", text: mutant(n) }]),
  );
  return new Set(
    documents
      .flat()
      // What VictoriaMetrics alone takes is told as a warning.
      .filter(({ findings }) => findings.every(({ code }) => code !== "metricsql"))
      .flatMap(({ slos }) =>
        slos.flatMap(({ definition: { sli } }) =>
          sli.kind === "events" ? [sli.numerator, sli.total] : [sli.query],
        ),
      ),
  );
}

function rules(queries: readonly string[]): string {
  const all = queries.map((expr, i) => ({ record: `query_${i}`, expr }));
  return JSON.stringify({ groups: [{ name: "queries", rules: all }] });
}

/** promtool names every rule that it cannot parse. */
function refused(said: string, queries: readonly string[]): string[] {
  return [...said.matchAll(/"query_(\d+)": (.*)/g)].map(
    ([, n, why]) => `${queries[Number(n)]}: ${why}`,
  );
}
