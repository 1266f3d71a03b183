import { Command, Option } from "commander";
import { duration, extraLabel, origin, type Pairs, pair } from "#cli/rules/arguments.ts";
import { inWords, writeWhole } from "#cli/rules/output.ts";
import { type RulesReport, readRules } from "#cli/rules/report.ts";
import { readEnvironment } from "#config/environment.ts";
import type { RuleOptions } from "#lib/rules/model.ts";
import { operatorText } from "#lib/rules/operator.ts";
import { rulesText } from "#lib/rules/prometheus.ts";
import { MINUTE } from "#lib/time/duration.ts";

interface Options {
  readonly url?: string;
  readonly out?: string;
  readonly format: (typeof FORMATS)[number];
  readonly extraLabel: Pairs;
  readonly scrapeInterval: number;
  readonly namespace?: string;
  readonly metadataLabel: Pairs;
  readonly json?: boolean;
}

const FORMATS = ["prometheus", "operator"] as const;

const OPTIONS: readonly Option[] = [
  new Option(
    "--url <url>",
    "where people reach Plimsoll, for the links of alerts (default: PLIMSOLL_URL)",
  ).argParser(origin),
  new Option("--out <file>", "write the rules to a file, whole or not at all"),
  new Option("--format <format>", "a rule file, or resources of the Prometheus operator")
    .choices(FORMATS)
    .default("prometheus"),
  new Option("--extra-label <name=value>", "a label of every rule, such as cluster=eu (repeatable)")
    .argParser(extraLabel)
    .default({}, "none"),
  new Option("--scrape-interval <duration>", "the longest scrape interval of the metrics")
    .argParser(duration)
    .default(MINUTE, "1m"),
  new Option("--namespace <name>", "of the operator's resources"),
  new Option("--metadata-label <name=value>", "of the operator's resources (repeatable)")
    .argParser(pair)
    .default({}, "none"),
  new Option("--json", "print one JSON object instead of rules"),
];

const EXIT_CODES =
  "\nRules go to stdout, everything else to stderr." +
  "\nExit code: 0 written (warnings and notes included), 1 errors: nothing is written.";

/** `plimsoll rules FILES…`: Prometheus rules on stdout or in a file. */
export function rulesCommand(): Command {
  const command = new Command("rules")
    .description("write Prometheus recording and alerting rules for SLO documents")
    .argument("<files...>", "files, folders or globs such as 'slos/**/*.yaml'")
    .addHelpText("after", EXIT_CODES)
    .action(run);
  for (const option of OPTIONS) command.addOption(option);
  return command;
}

async function run(patterns: string[], options: Options): Promise<void> {
  const { out = null, json = false } = options;
  const report = await readRules(patterns, ruleOptions(options), process.cwd());
  const text = report.errors > 0 ? "" : textOf(report, options);
  if (report.errors === 0 && out !== null) await writeWhole(out, text, process.cwd());
  if (json) console.log(JSON.stringify({ ...report, out }, null, 2));
  else if (out === null) process.stdout.write(text);
  if (!json) console.error(inWords(report, out));
  process.exitCode = report.errors > 0 ? 1 : 0;
}

const LOCAL = "http://localhost:3000";
const NO_URL = `links of alerts begin with ${LOCAL}; name the address that people use with --url or PLIMSOLL_URL`;

function ruleOptions({ url, extraLabel, scrapeInterval }: Options): RuleOptions {
  const known = url ?? readEnvironment(process.env).publicUrl;
  if (!known) console.error(`plimsoll: ${NO_URL}`);
  return { url: known ?? LOCAL, extraLabels: extraLabel, scrapeIntervalMs: scrapeInterval };
}

function textOf({ groups }: RulesReport, { format, namespace, metadataLabel }: Options): string {
  if (format === "prometheus") return rulesText(groups);
  return operatorText(groups, { namespace: namespace ?? null, labels: metadataLabel });
}
