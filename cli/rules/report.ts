import { findDocuments } from "#cli/documents.ts";
import { type ExportedRules, exportRules } from "#lib/rules/export.ts";
import type { RuleOptions } from "#lib/rules/model.ts";
import type { Finding } from "#lib/spec/model.ts";
import { readDocuments } from "#lib/spec/read.ts";

/** What `plimsoll rules --json` prints, beside the file that was written. */
export interface RulesReport extends Pick<ExportedRules, "groups"> {
  readonly files: number;
  readonly slos: number;
  readonly rules: number;
  readonly errors: number;
  readonly findings: readonly Finding[];
}

/**
 * Rules of everything that the patterns name, read as one set. With an error there are none: rules
 * that lack an SLO would take its alerts away.
 */
export async function readRules(
  patterns: readonly string[],
  options: RuleOptions,
  cwd: string,
): Promise<RulesReport> {
  const { files, unreadable } = await findDocuments(patterns, cwd);
  const documents = readDocuments(files);
  const slos = documents.flatMap((document) => document.slos);
  const read = [...unreadable, ...documents.flatMap((document) => document.findings)];
  const errors = read.filter(({ severity }) => severity === "error").length;
  const exported = exportRules(errors > 0 ? [] : slos, options);
  return {
    files: files.length,
    slos: slos.length,
    rules: exported.groups.reduce((sum, group) => sum + group.rules.length, 0),
    errors,
    findings: [...read, ...exported.losses],
    groups: exported.groups,
  };
}
