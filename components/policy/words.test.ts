import { describe, expect, test } from "vitest";
import type { ExceptionLine, OwedLine, PolicyView } from "#components/policy/view.ts";
import {
  expiresSoon,
  findingWords,
  gateWords,
  owedWords,
  policySentence,
  scopeWords,
} from "#components/policy/words.ts";
import type { GateDecision } from "#lib/policy/decision.ts";
import { DAY } from "#lib/time/duration.ts";

const line = (of: Partial<ExceptionLine>) => of as ExceptionLine;

test.each([
  [{ slo: null, environment: null }, "shop, every SLO, every environment"],
  [{ slo: "latency", environment: "eu" }, "shop / latency, eu"],
])("the scope %o reads: %s", (of, words) => {
  expect(scopeWords({ service: "shop", ...of })).toBe(words);
});

test.each([
  ["in-force", 7 * DAY, true],
  ["in-force", 7 * DAY + 1, false],
  ["asked", DAY, false],
] as const)("%s, with %d ms to go: ends soon is %s", (state, leftMs, soon) => {
  expect(expiresSoon(line({ state, expiresAt: 100 + leftMs }), 100)).toBe(soon);
});

test("like needs of three teams are a finding about the policy, of two they are not", () => {
  const of = (...teams: string[]) => findingWords({ need: "dependency", teams });
  expect(of("a", "b", "c")).toBe("3 teams asked for dependency: change the policy?");
  expect(of("a", "b")).toBeNull();
});

test.each([
  ["allow", "enforce", true, "would be allowed"],
  ["block", "enforce", false, "would be blocked"],
  ["block", "dry-run", true, "nothing is held up"],
  ["unknown", "enforce", false, "is held up"],
  ["unknown", "enforce", true, "goes on"],
] as const)("%s in %s is told as what becomes of it", (decision, mode, proceed, words) => {
  const answer = { decision, mode, proceed, environment: "production" } as GateDecision;
  expect(gateWords(answer)).toContain(words);
});

test("what is owed says what spent how much, and how much it may", () => {
  const owed = { kind: "postmortem", share: 1.18, above: 0.2 } as OwedLine;
  expect(owedWords(owed)).toBe(
    "Postmortem owed: one incident spent 118 % of the budget, more than 20 %",
  );
  const planning = { ...owed, kind: "planning", incidentClass: "deploy", quarter: "2026-Q4" };
  expect(owedWords(planning as OwedLine)).toContain("Incidents of deploy spent 118 %");
});

describe("the sentence on top", () => {
  const view = (of: Partial<PolicyView>) =>
    ({ states: [], asked: [], inForce: [], owed: [], ...of }) as unknown as PolicyView;
  test("says that nothing is blocked only when nothing is", () => {
    expect(policySentence(view({}))).toBe("No service is blocked.");
    const duty = { service: "checkout", blocks: true };
    const states = [{ duty }] as unknown as PolicyView["states"];
    expect(policySentence(view({ states, asked: [line({})], inForce: [line({})] }))).toBe(
      "Changes are blocked on checkout. One exception waits for a decision. One exception is in force.",
    );
  });
});
