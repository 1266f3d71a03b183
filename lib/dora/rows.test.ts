import { describe, expect, test } from "vitest";
import { csvOf } from "#lib/dora/csv.ts";
import { doraReport } from "#lib/dora/report.ts";
import {
  CHANGE_COLUMNS,
  changeRows,
  DEPLOYMENT_COLUMNS,
  deploymentRows,
  EXCLUSION_COLUMNS,
  exclusionRows,
  INCIDENT_COLUMNS,
  incidentRows,
} from "#lib/dora/rows.ts";
import { select } from "#lib/dora/selection.ts";
import { brought, delivery, deployed, incident, pull, scope } from "#lib/dora/testing.ts";

describe("csvOf", () => {
  test.each([
    ["plain", "plain"],
    ['say "hi", twice', '"say ""hi"", twice"'],
    ["two\nlines", '"two\nlines"'],
    ["=SUM(A1)", "'=SUM(A1)"],
    ["@here, now", '"\'@here, now"'],
    [-5, "-5"],
    [null, ""],
    [false, "false"],
  ])("writes %j as %s", (value, text) => {
    expect(csvOf(["a", "b"], [{ a: value, b: 1 }])).toBe(`a,b\r\n${text},1\r\n`);
  });

  test("has headings without rows, and nothing without columns", () => {
    expect([csvOf(["a"], []), csvOf([], [])]).toEqual(["a\r\n", ""]);
  });
});

/** Reads CSV again by its own few lines, so that nothing of ours is trusted. */
function parse(csv: string): Record<string, string>[] {
  const [head = [], ...lines] = csv
    .trimEnd()
    .split("\r\n")
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) =>
        cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
      ),
    );
  return lines.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i] ?? ""])));
}

function medianOf(numbers: number[]): number {
  const sorted = numbers.sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [a = 0, b = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (a + b) / 2;
}

/** 40 deployments of 120 changes, with a rollback, a revert, a hotfix, incidents and a failed pipeline. */
function month() {
  const n = 40;
  const records = Array.from({ length: n }, (_, i) => deployed(`d${i}`, i * 17));
  const changes = Array.from({ length: 3 * n }, (_, i) => {
    const hours = Math.floor(i / 3) * 17;
    const from = hours - 2 - ((i * 37) % 200);
    const parts = {
      title: i % 7 === 0 ? `=cmd, "quoted" ${i}` : `Change ${i}`,
      reverts: i === 40 ? "pr:R#20" : null,
      labels: i === 77 ? ["hotfix"] : [],
    };
    return pull(i, { from, to: hours - 1 }, parts);
  });
  const shipped = records.map((_, i) =>
    brought(
      `d${i}`,
      i === 0 ? null : `d${i - 1}`,
      [0, 1, 2].map((k) => `merge-of-${3 * i + k}`),
    ),
  );
  const rollback = deployed("back", 17 * 30 + 3, { sha: "sha-of-d28" });
  const failed = deployed("pipeline", 400, { statuses: [{ state: "error", at: 0 }] });
  return {
    records: [...records, rollback, failed],
    changes,
    shipped,
    marks: [{ deploymentId: "d29", mark: "not-failed" as const }],
    incidents: [
      incident("i1", { from: 100, to: 103 }),
      incident("i2", { from: 300, to: null }),
      incident("i3", { from: 500, to: 501 }),
    ],
  };
}

test("the CSV of the rows recomputes to the numbers", () => {
  const all = delivery(month());
  const selection = select(all, scope(25));
  const { metrics, incidents } = doraReport(all, scope(25));
  const deployments = parse(csvOf(DEPLOYMENT_COLUMNS, deploymentRows(selection, all.previous)));
  const changes = parse(csvOf(CHANGE_COLUMNS, changeRows(selection)));

  const share = (name: string) =>
    deployments.filter((row) => row[name] === "true").length / deployments.length;
  expect(deployments).toHaveLength(metrics.deploymentFrequency.value ?? -1);
  expect(deployments.length / 25).toBe(metrics.deploymentFrequency.perDay);
  expect(share("failed")).toBe(metrics.changeFailureRate.value);
  expect(share("failed")).toBeGreaterThan(0.1);
  expect(share("rework")).toBe(metrics.reworkRate.value);
  expect(share("rework")).toBeGreaterThan(0);

  const recoveries = deployments.filter((row) => row.recovery_ms).map((r) => Number(r.recovery_ms));
  expect(medianOf(recoveries)).toBe(metrics.recoveryTime.value);
  expect(deployments.filter((r) => r.recovery_open === "true")).toHaveLength(
    metrics.recoveryTime.open?.n ?? 0,
  );

  const leadTimes = changes.map(
    (row) => Date.parse(row.deployed_at ?? "") - Date.parse(row.started_at ?? ""),
  );
  expect(medianOf(leadTimes)).toBe(metrics.leadTime.value);
  for (const row of changes) {
    const stages = ["coding", "pickup", "review", "waiting", "deploying"];
    const sum = stages.reduce((total, stage) => total + Number(row[`${stage}_ms`]), 0);
    expect(sum).toBe(Number(row.lead_time_ms));
  }

  const blamed = parse(csvOf(INCIDENT_COLUMNS, incidentRows(selection)));
  expect(blamed).toHaveLength(incidents.n);
  const left = parse(csvOf(EXCLUSION_COLUMNS, exclusionRows(selection)));
  expect(left.map(({ reason }) => reason).sort()).toEqual([
    "commits-unknown",
    "first-deployment",
    "never-succeeded",
  ]);
});
