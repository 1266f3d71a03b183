import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { exclusionBody, fieldsOf } from "#app/api/v1/exclusions/body.ts";
import { sloStatus } from "#app/api/v1/schemas.ts";
import { timeMistakes } from "#lib/exclusions/mistakes.ts";
import { occurrences } from "#lib/exclusions/recurrence.ts";
import { budgetFor } from "#lib/slo/budget.ts";
import { days, sloOf } from "#lib/slo/testing.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

/** What docs/exclusions.md and docs/experiments.md tell people to write. */

const guide = (name: string) =>
  readFileSync(join(import.meta.dirname, "../../../../docs", name), "utf8");
const APART = guide("exclusions.md");
const CHAOS = guide("experiments.md");
const OCTOBER = Date.UTC(2026, 9, 1);

function bodiesIn(text: string): unknown[] {
  return [...text.matchAll(/--data '(\{[^']*\})'/g)].map(([, body]) => JSON.parse(body ?? ""));
}

function blockOf(language: string): string {
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(CHAOS)?.[1] ?? "";
}

test.each([
  ["exclusions.md", APART],
  ["experiments.md", CHAOS],
])("the examples of docs/%s are taken", (_, text) => {
  const bodies = bodiesIn(text).map((body) => fieldsOf(exclusionBody.parse(body)));
  expect(bodies).toHaveLength(2);
  for (const fields of bodies) expect(timeMistakes(fields, OCTOBER + 6 * DAY)).toEqual([]);
});

test("patch Sunday comes at two in Berlin, in summer and winter", () => {
  const { startsAt, endsAt, ...rest } = fieldsOf(exclusionBody.parse(bodiesIn(APART)[1]));
  if (endsAt === null) throw new Error("it has no end");
  const range = { from: OCTOBER, to: OCTOBER + 60 * DAY };
  const starts = occurrences({ startsAt, endsAt, ...rest }, range).map(({ from }) => from);
  expect(starts).toEqual([Date.UTC(2026, 9, 4), Date.UTC(2026, 10, 1, 1)]);
});

describe("the worked example", () => {
  const definition = sloOf({ objective: 0.999, window: days(30) });
  const at = OCTOBER;
  const hour = { from: at - 10 * DAY, to: at - 10 * DAY + HOUR };
  const known = { definition, at, firstCoveredAt: at - 60 * DAY };
  const percent = (ratio: number | null) => `${(100 * (ratio ?? Number.NaN)).toFixed(1)} %`;
  const row = (name: string) =>
    new RegExp(`\\| ${name}[^|]*\\| ([^|]+) \\| ([^|]+) \\|`).exec(APART)?.slice(1);

  test("has the numbers that Plimsoll computes", () => {
    const counts = { total: 43_200_000, good: 43_180_000, covered: 43_200 };
    const all = budgetFor({ ...known, counts });
    const without = budgetFor({
      ...{ ...known, excluded: [hour] },
      counts: { total: 43_140_000, good: 43_132_000, covered: 43_200 },
    });
    const both = [all, without];
    expect(row("spent")).toEqual(both.map(({ consumed }) => percent(consumed)));
    expect(row("budget")).toEqual(
      both.map(({ budgetTotal }) => Math.round(budgetTotal ?? 0).toLocaleString("en")),
    );
    expect(row("failed")).toEqual(both.map(({ bad }) => bad.toLocaleString("en")));
    expect(percent(12_000 / (without.budgetTotal ?? 0))).toBe("27.8 %");
  });
});

describe("the steady state", () => {
  const status = z.object({ state: sloStatus.shape.state });
  const address = "https://plimsoll.example/api/v1/slos/checkout/availability";

  test("of Chaos Toolkit is a state that the API gives", () => {
    const probe = z.object({
      tolerance: z.object({
        type: z.literal("jsonpath"),
        target: z.literal("body"),
        path: z.literal("$.state"),
        expect: z.tuple([status.shape.state]),
      }),
      provider: z.object({ type: z.literal("http"), url: z.literal(address) }),
    });
    const experiment = z.object({
      "steady-state-hypothesis": z.object({ title: z.string(), probes: z.tuple([probe]) }),
    });
    expect(experiment.safeParse(JSON.parse(blockOf("json"))).error).toBeUndefined();
  });

  test("of Litmus is found in what the API writes", () => {
    const inputs = z.object({
      command: z.string(),
      comparator: z.object({
        type: z.literal("string"),
        criteria: z.literal("contains"),
        value: z.string(),
      }),
    });
    const shape = z.object({ probe: z.tuple([z.object({ "cmdProbe/inputs": inputs })]) });
    const [probe] = shape.parse(parse(blockOf("yaml"))).probe;
    const { command, comparator } = probe["cmdProbe/inputs"];
    expect(command.endsWith(` ${address}`)).toBe(true);
    expect(JSON.stringify(status.parse({ state: "healthy" }))).toContain(comparator.value);
    expect(JSON.stringify(status.parse({ state: "unknown" }))).not.toContain(comparator.value);
  });
});

describe("window.sh", () => {
  const script = /```sh\n(#!\/bin\/sh\n.*?)```/s.exec(CHAOS)?.[1] ?? "";
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "plimsoll-window-"));
    writeFileSync(join(folder, "window.sh"), script);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() => curlThat("true"));

  /** In place of curl: writes down its last argument, the body. */
  function curlThat(ends: string): void {
    writeFileSync(join(folder, "told"), "");
    const lines = ["#!/bin/sh", 'for last; do :; done; echo "$last" >> "$FOLDER/told"', ends];
    writeFileSync(join(folder, "curl"), lines.join("\n"));
    chmodSync(join(folder, "curl"), 0o755);
  }

  function run(...command: readonly string[]) {
    const env = {
      NODE_ENV: "test" as const,
      ...{ PATH: `${folder}:${process.env.PATH}`, FOLDER: folder },
      ...{ PLIMSOLL_URL: "https://plimsoll.example", PLIMSOLL_TOKEN: "secret" },
    };
    const args = ["window.sh", "checkout", "Kill one pod", ...command];
    const { status } = spawnSync("sh", args, { cwd: folder, env });
    const told = readFileSync(join(folder, "told"), "utf8").trim().split("\n");
    return {
      status,
      told: told.filter(Boolean).map((body) => exclusionBody.parse(JSON.parse(body))),
    };
  }

  test("tells of the window and of its end under one id, and exits as the command does", () => {
    const { status, told } = run("sh", "-c", "exit 7");
    expect(status).toBe(7);
    const of = { kind: "experiment", service: "checkout", title: "Kill one pod" };
    expect(told).toMatchObject([
      { ...of, id: told[1]?.id, endsAt: null },
      { ...of, startsAt: told[0]?.startsAt, endsAt: expect.any(Number) },
    ]);
  });

  test("runs nothing when nobody hears of it", () => {
    curlThat("false");
    const { status, told } = run("touch", "ran");
    expect([status, told.length]).toEqual([1, 1]);
    expect(() => readFileSync(join(folder, "ran"))).toThrow();
  });
});
