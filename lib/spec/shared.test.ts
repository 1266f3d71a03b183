import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readDocument } from "#lib/spec/read.ts";

/** Documents as teams hold them, kept beside the repository and not in it. */
const FOLDER = join(import.meta.dirname, "../../../shared/data/slos");
const read = (name: string) => readDocument(name, readFileSync(join(FOLDER, name), "utf8"));

describe.skipIf(!existsSync(FOLDER))(
  "documents found in the wild, where ../shared/data/slos is there",
  () => {
    test("the plain one gives an availability and a latency SLO", () => {
      const { dialect, slos, findings } = read("api-service.plain.yaml");
      expect(dialect).toBe("plain");
      expect(slos.map(({ definition }) => definition)).toMatchObject([
        {
          service: "api-service",
          name: "availability",
          team: "platform-team",
          objective: 0.995,
          sli: { kind: "events", counts: "good", total: "sum(rate(http_requests_total[5m]))" },
          policy: [
            { threshold: 0.5, gate: "allow" },
            { threshold: 1, name: "Feature freeze", gate: "block" },
          ],
        },
        { name: "latency", objective: 0.99, sli: { kind: "threshold", op: "lte", threshold: 0.5 } },
      ]);
      expect(findings.map(({ code, line }) => [code, line])).toEqual([
        ["threshold-minutes", 22],
        ["quantile-without-le", 22],
        ["objective-assumed", 23],
      ]);
    });

    test("Sloth's loads, and its real mistake is named with the right query", () => {
      const { dialect, slos, findings } = read("api-server.sloth-crd.yaml");
      expect(dialect).toBe("sloth-crd");
      expect(slos.map(({ definition }) => definition.objective)).toEqual([0.999, 0.99]);
      expect(slos.map(({ definition }) => definition.team)).toEqual(["platform", "platform"]);
      const [lint, ...more] = findings.filter((finding) => finding.severity === "lint");
      expect(more).toEqual([]);
      expect(lint).toMatchObject({ code: "le-counts-fast", line: 32, column: 23 });
      expect(lint?.message).toContain(
        'sum(rate(http_request_duration_seconds_count{job="api-server"}[{{.window}}])) - ' +
          'sum(rate(http_request_duration_seconds_bucket{job="api-server",le="0.5"}[{{.window}}]))',
      );
    });

    test.each([
      ["burn-rate.rules.yaml", /^is a file of Prometheus rules, not an SLO document/],
      ["catalog-info.yaml", /^is a Backstage catalog, not an SLO document/],
    ])("%s is told for what it is", (name, message) => {
      const { slos, findings } = read(name);
      expect(slos).toEqual([]);
      expect(findings).toHaveLength(1);
      expect(findings[0]?.message).toMatch(message);
    });
  },
);
