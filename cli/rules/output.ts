import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { RulesReport } from "#cli/rules/report.ts";
import { ConfigError } from "#config/error.ts";
import { formatFindings } from "#lib/spec/format.ts";

/** Under another name first: whoever watches the file never reads half of it. Its folder is made. */
export async function writeWhole(file: string, text: string, cwd: string): Promise<void> {
  const target = resolve(cwd, file);
  const draft = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(draft, text);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new ConfigError(`--out: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Findings, and what was written, in lines for people. */
export function inWords(report: RulesReport, out: string | null): string {
  const counted = [
    many(report.files, "file"),
    many(report.slos, "SLO"),
    many(report.groups.length, "group"),
    many(report.rules, "rule"),
  ].join(", ");
  const written = `${counted}${out === null ? "" : `, written to ${out}`}`;
  const failed = `${many(report.errors, "error")}, so nothing is written`;
  const last = report.errors > 0 ? failed : written;
  return [formatFindings(report.findings), last].filter((part) => part !== "").join("\n");
}

function many(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
