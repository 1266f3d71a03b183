import type { DocumentView, SourcesView, SourceView } from "#components/sources/view.ts";
import { count, span } from "#lib/format/numbers.ts";
import type { GapState } from "#lib/slo/gaps.ts";
import type { SloState } from "#lib/slo/status.ts";
import { isWholeRepository } from "#lib/sources/repositoryFiles.ts";
import type { Finding } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Data that is older than this makes the SLOs of a source Unknown. */
const LATE_MS = 5 * MINUTE;

/** How a source is, as one of the five marks of the product with a word of its own. */
export function sourceMark(source: SourceView, now: number): { mark: SloState; word: string } {
  const synthetic = source.kind === "synthetic";
  if (source.state === "failed") {
    return { mark: "exhausted", word: synthetic ? "Wrong" : "Not answering" };
  }
  if (source.state === "starting") return { mark: "unknown", word: "Not asked yet" };
  if (source.state === "no-data") return { mark: "unknown", word: "Answers, without data" };
  if (source.refused > 0) return { mark: "at-risk", word: "Refuses queries" };
  if (isLate(source, now)) return { mark: "at-risk", word: "Late" };
  return { mark: "healthy", word: synthetic ? "Right" : "Answering" };
}

function isLate({ watermark, slis }: SourceView, now: number): boolean {
  return slis > 0 && watermark !== null && now - watermark > LATE_MS;
}

/** What a person should do about a source that is not well; null when nothing is to be done. */
export function adviceFor(source: SourceView): string | null {
  const { state, error, refused } = source;
  if (source.kind === "synthetic") return state === "failed" ? SYNTHETIC_ADVICE : null;
  if (state === "failed") return failureAdvice(error ?? "");
  if (state === "no-data") return NO_DATA_ADVICE;
  if (refused > 0) return refusedAdvice(refused);
  return null;
}

const SYNTHETIC_ADVICE =
  "A number that is known by arithmetic came out wrong, so none can be trusted until this is settled. Restore the last backup, or report it with this page.";
const NO_DATA_ADVICE =
  "The server has none of the series that the documents name. Compare a query of a document with what the server itself answers to it.";

function refusedAdvice(refused: number): string {
  const subject = refused === 1 ? "One SLI's query is" : `${count(refused)} SLIs' queries are`;
  return `${subject} refused by the server: correct it in its document. The others are counted.`;
}

const FAILURES: readonly [RegExp, string][] = [
  [
    /refused the connection|could not be reached/,
    "Start the server, or correct its url in plimsoll.yaml.",
  ],
  [
    /does not resolve/,
    "Correct the host name in plimsoll.yaml, or the name server of this machine.",
  ],
  [
    /credentials/,
    "Set the token, user or headers of this source in plimsoll.yaml and start again.",
  ],
  [/within .* s$/, "The server is slow: raise this source's timeout, or look at its load."],
  [/slow down|429/, "It limits how often it is asked. It is asked again more slowly, by itself."],
  [/redirects/, "Give the final address as url in plimsoll.yaml."],
  [
    /not Prometheus's JSON/,
    "Give the address under which /api/v1 is found as url in plimsoll.yaml.",
  ],
];

function failureAdvice(error: string): string {
  const known = FAILURES.find(([pattern]) => pattern.test(error))?.[1];
  const then = "It is asked again each minute; what was missed is fetched once it answers.";
  return known ? `${known} ${then}` : then;
}

const GAP_WORDS: Readonly<Record<GapState, string>> = {
  open: "no answer yet, asked again each minute",
  filled: "filled later",
  empty: "asked again: the source has nothing there",
  bridged: "growth after the gap, spread evenly over it",
};

export function gapWords(state: GapState): string {
  return GAP_WORDS[state];
}

/** How the source's counters are read, in a sentence. */
export function countingWords({ counting, scrapeIntervalMs }: SourceView): string {
  if (counting === null) return "not known before its first answer";
  if (counting === "increase") return "increase(), as this server counts it";
  const interval = scrapeIntervalMs === null ? "" : `, scraped each ${span(scrapeIntervalMs)}`;
  return `exact steps of the counters${interval}`;
}

/** Whether the numbers can be trusted: what stands on top of the page. */
export function trustSentence(view: SourcesView, now: number): string {
  const silent = view.deliveries.filter(({ state }) => state === "failed");
  const counted = countedSentence(view, now);
  if (silent.length === 0) return counted;
  const names = silent.map(({ name }) => name).join(" and ");
  const verb = silent.length === 1 ? "does" : "do";
  return `${counted} ${names} ${verb} not answer: news of deployments and incidents may be missing.`;
}

function countedSentence({ sources }: SourcesView, now: number): string {
  const upstreams = sources.filter(({ kind }) => kind === "prometheus");
  const check = sources.find(({ kind }) => kind === "synthetic");
  if (check?.state === "failed") return "Our own check fails: do not trust these numbers.";
  if (upstreams.length === 0) return "No source is configured, so there is nothing to count.";
  const unwell = upstreams.filter((source) => sourceMark(source, now).mark !== "healthy");
  if (unwell.length > 0) return unwellSentence(unwell, now);
  const who =
    upstreams.length === 1 ? "The source answers" : `All ${upstreams.length} sources answer`;
  return check ? `${who}, and our own check finds the numbers right.` : `${who}.`;
}

function unwellSentence(unwell: readonly SourceView[], now: number): string {
  const said = unwell.map((source) => `${source.name} ${complaint(source, now)}`).join("; ");
  return `${said}. SLOs whose data is missing read Unknown, never healthy.`;
}

function complaint(source: SourceView, now: number): string {
  if (source.state === "failed") return "does not answer";
  if (source.state === "starting") return "has not been asked yet";
  if (source.state === "no-data") return "answers without data";
  if (source.refused > 0) return "refuses some queries";
  return `is late: its data ends ${span(now - (source.watermark ?? now))} ago`;
}

/** What of a document is in force. */
export function documentWords({ path, findings, goodAt }: DocumentView): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (errors === 0) return "in force";
  if (isWholeRepository(path)) return "nothing that it said before is given up";
  return goodAt === null
    ? "not in force until it is corrected"
    : "the last good version stays in force";
}

/** As one of the product's marks: an error is the worst, other findings ask for a look. */
export function documentMark({ findings }: DocumentView): SloState {
  const has = (severity: Finding["severity"]) => findings.some((f) => f.severity === severity);
  if (has("error")) return "exhausted";
  return has("lint") || has("loss") ? "watch" : "healthy";
}

export const SEVERITY_WORDS: Readonly<Record<Finding["severity"], { word: string; ink: string }>> =
  {
    error: { word: "Error", ink: "text-out" },
    lint: { word: "Worth a look", ink: "text-risk" },
    loss: { word: "Assumed or left out", ink: "text-ink-2" },
  };

/** "1 error, 2 worth a look": what was found in a document. */
export function findingCounts(findings: readonly Finding[]): string {
  const severities = ["error", "lint", "loss"] as const;
  const parts = severities.flatMap((severity) => {
    const found = findings.filter((finding) => finding.severity === severity).length;
    return found === 0 ? [] : [`${count(found)} ${SEVERITY_WORDS[severity].word.toLowerCase()}`];
  });
  return parts.join(", ");
}
