import { Command } from "commander";
import { findDocuments } from "#cli/documents.ts";
import { formatFindings } from "#lib/spec/format.ts";
import type { Finding, ReadDocument } from "#lib/spec/model.ts";
import { readDocuments } from "#lib/spec/read.ts";

/** What `plimsoll lint --json` prints. */
export interface LintReport {
  readonly files: number;
  readonly slos: number;
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly Finding[];
}

/** `plimsoll lint FILES… [--json]`: ends with 0 when nothing is an error, else with 1. */
export function lintCommand(): Command {
  return new Command("lint")
    .description("check SLO documents; every error with file:line:column")
    .argument("<files...>", "files, folders or globs such as 'slos/**/*.yaml'")
    .option("--json", "print one JSON object instead of lines")
    .addHelpText("after", "\nExit code: 0 fine (warnings included), 1 errors.")
    .action(async (patterns: string[], options: { json?: boolean }) => {
      const report = await lint(patterns, process.cwd());
      console.log(options.json ? JSON.stringify(report, null, 2) : inWords(report));
      process.exitCode = report.errors > 0 ? 1 : 0;
    });
}

/** Reads everything that the patterns name as one set, so that names are unique across files. */
export async function lint(patterns: readonly string[], cwd: string): Promise<LintReport> {
  const { files, unreadable } = await findDocuments(patterns, cwd);
  const documents = readDocuments(files);
  const findings = [...unreadable, ...documents.flatMap((document) => document.findings)];
  const count = (severity: Finding["severity"]) =>
    findings.filter((finding) => finding.severity === severity).length;
  return {
    files: files.length,
    slos: sloCount(documents),
    errors: count("error"),
    warnings: count("lint"),
    findings,
  };
}

function sloCount(documents: readonly ReadDocument[]): number {
  return documents.reduce((sum, document) => sum + document.slos.length, 0);
}

function inWords({ files, slos, errors, warnings, findings }: LintReport): string {
  const counted = [
    many(files, "file"),
    many(slos, "SLO"),
    many(errors, "error"),
    many(warnings, "warning"),
  ].join(", ");
  return [formatFindings(findings), counted].filter((part) => part !== "").join("\n");
}

function many(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
