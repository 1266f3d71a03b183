import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../servers/process.ts";

/** What promtool said of a file: all of its output, and whether it was content. */
export interface Verdict {
  readonly ok: boolean;
  readonly said: string;
}

/** `promtool check rules`. */
export async function checkRules(text: string): Promise<Verdict> {
  return inFolder({ "rules.yaml": text }, (folder) =>
    promtool("check", "rules", join(folder, "rules.yaml")),
  );
}

/** A series as promtool's tests write it: `values` begin at 0, `_` is a scrape that found nothing. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

export interface ExpressionTest {
  readonly expr: string;
  /** A duration since the start. */
  readonly eval_time: string;
  readonly exp_samples: readonly { readonly labels?: string; readonly value: number }[];
}

export interface AlertTest {
  readonly alertname: string;
  readonly eval_time: string;
  readonly exp_alerts: readonly {
    readonly exp_labels: Readonly<Record<string, string>>;
    readonly exp_annotations: Readonly<Record<string, string>>;
  }[];
}

export interface RuleTest {
  /** Distance of the input's samples. */
  readonly interval: string;
  readonly input_series: readonly InputSeries[];
  readonly promql_expr_test?: readonly ExpressionTest[];
  readonly alert_rule_test?: readonly AlertTest[];
}

/** Line breaks for YAML, but not for JSON. */
const BREAKS = /[\u0085\u2028\u2029]/g;
const escaped = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** `promtool test rules`: Prometheus's own engine evaluates the rules every minute from 0 on. */
export async function testRules(rules: string, test: RuleTest): Promise<Verdict> {
  const unit = { rule_files: ["rules.yaml"], evaluation_interval: "1m", tests: [test] };
  const files = {
    "rules.yaml": rules,
    "test.yaml": JSON.stringify(unit).replaceAll(BREAKS, escaped),
  };
  return inFolder(files, (folder) => promtool("test", "rules", join(folder, "test.yaml")));
}

async function inFolder(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<Verdict>,
): Promise<Verdict> {
  const folder = temporaryFolder("promtool");
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function promtool(...args: string[]): Promise<Verdict> {
  return new Promise((resolve) => {
    execFile("promtool", args, { maxBuffer: 64 * 1024 ** 2 }, (error, stdout, stderr) =>
      resolve({ ok: error === null, said: stdout + stderr }),
    );
  });
}
