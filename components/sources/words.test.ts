import { describe, expect, test } from "vitest";
import type { SourceView } from "#components/sources/view.ts";
import {
  adviceFor,
  countingWords,
  documentMark,
  documentWords,
  findingCounts,
  sourceMark,
  trustSentence,
} from "#components/sources/words.ts";
import type { Finding } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

const NOW = 1_800_000_000_000;
const source = (over: Partial<SourceView> = {}): SourceView => ({
  name: "main",
  kind: "prometheus",
  state: "ok",
  address: "127.0.0.1:9090",
  flavour: "Prometheus 2.53.0",
  counting: "exact",
  scrapeIntervalMs: 15_000,
  lastAttemptAt: NOW,
  lastSuccessAt: NOW,
  error: null,
  errorSince: null,
  warnings: [],
  slis: 3,
  refused: 0,
  refusals: [],
  watermark: NOW - 2 * MINUTE,
  backfill: null,
  gaps: [],
  suspects: [],
  ...over,
});
const check = (over: Partial<SourceView> = {}) =>
  source({ name: "self-check", kind: "synthetic", slis: 0, watermark: null, ...over });
const page = (...sources: SourceView[]) => ({
  readAt: NOW,
  sources,
  deliveries: [],
  documents: [],
  globs: [],
});

describe("a source", () => {
  test.each([
    [{}, "healthy", "Answering"],
    [{ state: "failed" as const }, "exhausted", "Not answering"],
    [{ state: "starting" as const }, "unknown", "Not asked yet"],
    [{ state: "no-data" as const }, "unknown", "Answers, without data"],
    [{ refused: 1 }, "at-risk", "Refuses queries"],
    [{ watermark: NOW - 6 * MINUTE }, "at-risk", "Late"],
    [{ slis: 0, watermark: null }, "healthy", "Answering"],
  ])("with %o is marked %s: %s", (over, mark, word) => {
    expect(sourceMark(source(over), NOW)).toEqual({ mark, word });
  });

  test.each([
    ["main (h) refused the connection; is it running?", /^Start the server/],
    ["main (h) refused our credentials (HTTP 401); check …", /token/],
    ["main (h) did not answer within 30 s", /timeout/],
    ["main (h) asks us to slow down (HTTP 429)", /by itself/],
    ["main (h) answered HTTP 503", /^It is asked again each minute/],
  ])("that says %s comes with advice", (error, advice) => {
    expect(adviceFor(source({ state: "failed", error }))).toMatch(advice);
  });

  test("that is well needs no advice", () => {
    expect(adviceFor(source())).toBeNull();
    expect(adviceFor(check())).toBeNull();
  });

  test.each([
    [{ counting: null }, "not known before its first answer"],
    [{ counting: "increase" as const }, "increase(), as this server counts it"],
    [{}, "exact steps of the counters, scraped each 15 s"],
  ])("with %o counts by %s", (over, words) => {
    expect(countingWords(source(over))).toBe(words);
  });
});

describe("the sentence about trust", () => {
  test.each([
    [page(), "No source is configured, so there is nothing to count."],
    [page(source()), "The source answers."],
    [
      page(source(), source({ name: "eu" }), check()),
      "All 2 sources answer, and our own check finds the numbers right.",
    ],
    [
      page(source({ state: "failed" }), source({ name: "eu", watermark: NOW - 9 * MINUTE })),
      "main does not answer; eu is late: its data ends 9 min ago. SLOs whose data is missing read Unknown, never healthy.",
    ],
    [
      page(source(), check({ state: "failed" })),
      "Our own check fails: do not trust these numbers.",
    ],
  ])("case %#", (view, sentence) => {
    expect(trustSentence(view, NOW)).toBe(sentence);
  });
});

describe("a document", () => {
  const finding = (severity: Finding["severity"]) => ({ severity }) as Finding;
  const document = (findings: Finding[], goodAt: number | null = NOW) => ({
    path: "slos/a.yaml",
    dialect: "plain",
    goodAt,
    seenAt: NOW,
    url: null,
    findings,
  });

  test.each([
    [[], "healthy"],
    [["loss"], "watch"],
    [["lint", "error"], "exhausted"],
  ] as const)("with %j is marked %s", (severities, mark) => {
    expect(documentMark(document(severities.map(finding)))).toBe(mark);
  });

  test("with an error says what is in force", () => {
    expect(documentWords(document([finding("error")]))).toBe(
      "the last good version stays in force",
    );
    expect(documentWords(document([finding("error")], null))).toBe(
      "not in force until it is corrected",
    );
    const whole = { ...document([finding("error")], null), path: "acme/shop:" };
    expect(documentWords(whole)).toBe("nothing that it said before is given up");
  });

  test("counts its findings, worst first", () => {
    const found = (["loss", "error", "loss"] as const).map(finding);
    expect(findingCounts(found)).toBe("1 error, 2 assumed or left out");
  });
});

test("a silent source of deployments is told beside those that count", () => {
  const silent = { name: "github", state: "failed", address: null, lastSuccessAt: null } as const;
  const rest = { error: "…", errorSince: NOW, quota: null, backfill: null };
  const deliveries = [{ ...silent, ...rest, repositories: [], failures: [] }];
  expect(trustSentence({ ...page(source(), check()), deliveries }, NOW)).toBe(
    "The source answers, and our own check finds the numbers right. github does not answer: news of deployments and incidents may be missing.",
  );
});
