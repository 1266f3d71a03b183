import { Command, InvalidArgumentError, Option } from "commander";
import { exitCodeOf, inWords } from "#cli/gate/answer.ts";
import { askServer } from "#cli/gate/ask.ts";

interface Options {
  readonly service: string;
  readonly environment: string;
  readonly change: string;
  readonly sha?: string;
  readonly url: URL;
  readonly token?: string;
  readonly json?: boolean;
}

const UNKNOWN = 2;
const WRONG_USAGE = 3;

const EXIT_CODES =
  "\nExit code: 0 go on, 1 blocked, 2 not known, or the server gave no answer, 3 wrong usage.\n" +
  "In dry run, and where unknown is open, the server says to go on: 0.";

/** `plimsoll gate --service S`: asks the server whether it may be shipped; never 0 without its word. */
export function gateCommand(): Command {
  return new Command("gate")
    .description("ask a server whether a service may be deployed")
    .requiredOption("--service <name>", "what is to be deployed")
    .option("--environment <name>", "where", "production")
    .addOption(
      new Option("--change <kind>", "what it is: a policy may let some fixes through")
        .choices(["feature", "p0", "security"])
        .default("feature"),
    )
    .option("--sha <hash>", "the commit, for the log")
    .addOption(
      new Option("--url <url>", "where Plimsoll is")
        .env("PLIMSOLL_URL")
        .argParser(address)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--token <token>", "an API token with the scope gate").env("PLIMSOLL_TOKEN"),
    )
    .option("--json", "print the server's answer instead of words")
    .addHelpText("after", EXIT_CODES)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_USAGE))
    .action(run);
}

function address(text: string): URL {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new InvalidArgumentError("must be an http:// or https:// URL.");
}

async function run(options: Options): Promise<void> {
  const { service, environment, change, sha, url, token = null, json } = options;
  const asked = { service, environment, change, ...(sha && { sha }) };
  const answer = await askServer({ url, token, asked });
  if ("decision" in answer) {
    console.log(json ? JSON.stringify(answer, null, 2) : inWords(answer));
    process.exitCode = exitCodeOf(answer);
    return;
  }
  console.error(`plimsoll: ${answer.reason}. Whether ${service} may be deployed is not known.`);
  process.exitCode = answer.wrong ? WRONG_USAGE : UNKNOWN;
}
