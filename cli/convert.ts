import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { findDocuments } from "#cli/documents.ts";
import { convert } from "#lib/convert/convert.ts";
import { nameOf, type SloLosses, TARGETS, type Target } from "#lib/convert/loss.ts";
import { formatFindings } from "#lib/spec/format.ts";
import type { Finding, SloDefinition } from "#lib/spec/model.ts";
import { readDocuments } from "#lib/spec/read.ts";

/** As the command line gives them. */
export interface ConvertOptions {
  readonly to: Target;
  readonly out?: string;
  readonly json?: boolean;
}

/** What `plimsoll convert --json` prints. */
export interface ConvertReport {
  /** By the name that `--out` gives each file: one for each service. Empty when something is an error. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** What the new format cannot say. */
  readonly losses: readonly SloLosses[];
  /** Of reading: errors, warnings, and what was lost or assumed there. */
  readonly findings: readonly Finding[];
}

/** `plimsoll convert --to FORMAT FILES…`: documents to stdout or a folder, the loss report to stderr. */
export function convertCommand(): Command {
  return new Command("convert")
    .description("write SLO documents in another format, and say what it cannot hold")
    .argument("<files...>", "files, folders or globs such as 'slos/**/*.yaml'")
    .addOption(new Option("--to <format>", "the format").choices(TARGETS).makeOptionMandatory())
    .option("--out <folder>", "write a file for each service into this folder; existing ones stay")
    .option("--json", "print one JSON object: files, losses, findings")
    .addHelpText("after", EXIT_CODES)
    .action(async (patterns: string[], options: ConvertOptions) => {
      process.exitCode = await runConvert(patterns, options, {
        cwd: process.cwd(),
        out: (text) => process.stdout.write(text),
        err: (text) => process.stderr.write(text),
      });
    });
}

const EXIT_CODES = `
Exit code: 0 every SLO is written (losses are told), 1 errors, nothing is written,
2 some SLOs cannot be said in that format and are left out.`;

/** Where the command runs and what it writes to. */
export interface Terminal {
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Converts, writes documents and losses, and gives the exit code. */
export async function runConvert(
  patterns: readonly string[],
  { to, out, json }: ConvertOptions,
  terminal: Terminal,
): Promise<0 | 1 | 2> {
  const report = await convertDocuments(patterns, { to, cwd: terminal.cwd });
  if (!json) terminal.err(inWords(report));
  const written =
    !failed(report) && (out === undefined || (await writeFiles(report, out, terminal)));
  if (json) terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  else if (written && out === undefined) {
    terminal.out(report.files.map(({ text }) => text).join("---\n"));
  }
  if (!written) return 1;
  return report.losses.every((loss) => loss.written) ? 0 : 2;
}

function failed({ findings }: ConvertReport): boolean {
  return findings.some(({ severity }) => severity === "error");
}

/** Reads everything that the patterns name as one set and writes it anew, one file for each service. */
export async function convertDocuments(
  patterns: readonly string[],
  { to, cwd }: { readonly to: Target; readonly cwd: string },
): Promise<ConvertReport> {
  const { files, unreadable } = await findDocuments(patterns, cwd);
  const documents = readDocuments(files);
  const findings = [...unreadable, ...documents.flatMap((document) => document.findings)];
  const slos = documents.flatMap((document) => document.slos.map(({ definition }) => definition));
  const services = Map.groupBy(slos, ({ service }) => service);
  const converted = [...services].map(([service, group]) => ({ service, ...convert(group, to) }));
  const report = {
    files: converted
      .filter(({ text }) => text !== "")
      .map(({ service, text }) => ({ name: `${service}.yaml`, text })),
    losses: inOrder(
      converted.flatMap(({ losses }) => losses),
      slos,
    ),
    findings,
  };
  return failed(report) ? { ...report, files: [] } : report;
}

function inOrder(losses: readonly SloLosses[], slos: readonly SloDefinition[]): SloLosses[] {
  return slos.flatMap((slo) => losses.filter((loss) => loss.slo === nameOf(slo)));
}

/** Looks for files in the way first, so that nothing is written beside one that stays. */
async function writeFiles(
  { files }: ConvertReport,
  folder: string,
  { cwd, err }: Terminal,
): Promise<boolean> {
  const target = resolve(cwd, folder);
  const inTheWay = files.map(({ name }) => join(target, name)).filter((path) => existsSync(path));
  if (inTheWay.length > 0) {
    err(`${inTheWay.join(", ")} is there already; move it or name another folder\n`);
    return false;
  }
  await mkdir(target, { recursive: true });
  for (const { name, text } of files) await writeFile(join(target, name), text, { flag: "wx" });
  return true;
}

function inWords({ findings, losses }: ConvertReport): string {
  const lost = losses.flatMap(({ slo, written, losses: all }) =>
    all.map(({ field, message }) =>
      written ? `${slo} ${field}: ${message}` : `${slo} is left out: ${message}`,
    ),
  );
  const lines = [formatFindings(findings), ...lost].filter((line) => line !== "");
  return lines.map((line) => `${line}\n`).join("");
}
