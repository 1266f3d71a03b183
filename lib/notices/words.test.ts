import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EXAMPLES } from "#lib/notices/examples.ts";
import { NOTICE_KINDS } from "#lib/notices/kinds.ts";
import type { Notice } from "#lib/notices/notice.ts";
import { webhookPayload } from "#lib/notices/payload.ts";
import { slackDigest, slackMessage } from "#lib/notices/slack.ts";
import { toTeams } from "#lib/notices/teams.ts";
import { isUrgent } from "#lib/notices/urgent.ts";
import { noticeWords } from "#lib/notices/words.ts";

const US = "https://plimsoll.example/";

test.each<[Notice["kind"], string, string, string]>([
  [
    "policy-changed",
    "checkout/availability: Feature freeze",
    "Feature freeze; all hands on reliability. 118 % of the budget is spent. Changes may not ship. If nothing more fails, this ends 2026-07-04 16:00 UTC. Before: Healthy.",
    "/services/checkout/slos/availability",
  ],
  [
    "alert-opened",
    "checkout/availability: page alert (page-fast)",
    "The error budget burns too fast. 42 % of the budget is spent. At the pace of the last hour it is used up 2026-07-03 10:00 UTC.",
    "/alert?slo=checkout%2Favailability&startsAt=2026-07-01T10%3A00%3A00.000Z",
  ],
  [
    "alert-resolved",
    "checkout/availability: page alert over",
    "It burned too fast since 2026-07-01 09:00 UTC.",
    "/alert?slo=checkout%2Favailability&startsAt=2026-07-01T09%3A00%3A00.000Z",
  ],
  [
    "exception-asked",
    "Asked for: exception 7 for checkout in production",
    "Ada Byron: The spring sale was announced; the fix for the timeouts is in this release. It ends 2026-07-31 10:00 UTC. Someone other than the asker must decide.",
    "/policy/exceptions/7",
  ],
  [
    "exception-decided",
    "Approved: exception 7 for checkout in production",
    "It ends 2026-07-31 10:00 UTC. Ada Byron: The spring sale was announced; the fix for the timeouts is in this release.",
    "/policy/exceptions/7",
  ],
  [
    "exception-expiring",
    "Ends soon: exception 7 for checkout in production",
    "It ends 2026-07-31 10:00 UTC. Ada Byron: The spring sale was announced; the fix for the timeouts is in this release.",
    "/policy/exceptions/7",
  ],
  [
    "owed",
    "checkout/availability: a postmortem is owed",
    "The incident “Card payments time out” spent 31 % of the budget.",
    "/teams/payments",
  ],
  [
    "source-unhealthy",
    "The source prometheus fails",
    "What it counts becomes unknown until it answers again. prometheus.internal cannot be reached: ECONNREFUSED.",
    "/sources",
  ],
  [
    "source-recovered",
    "The source prometheus answers again",
    "What was missed is being fetched.",
    "/sources",
  ],
  [
    "review-published",
    "The review of 2026-06 of payments is published",
    "By Ada Byron.",
    "/dora/reviews/2026-06?team=payments",
  ],
])("%s says %j", (kind, title, lines, path) => {
  const words = noticeWords(EXAMPLES[kind], US);
  expect(words.title).toBe(title);
  expect(words.lines.join(" ")).toBe(lines);
  expect(words.link).toBe(`https://plimsoll.example${path}`);
});

test("an alert that is told late leads to where it began, and one of an earlier version to when it was told", () => {
  const opened = EXAMPLES["alert-opened"];
  const linked = (notice: object) => noticeWords({ ...opened, ...notice } as Notice, US).link;
  expect(linked({ startedAt: opened.at - 3_600_000 })).toMatch(/startsAt=2026-07-01T09%3A00/);
  expect(linked({ startedAt: undefined })).toMatch(/startsAt=2026-07-01T10%3A00/);
});

test("what is not known is said to be so, and a state that only advises blocks nothing", () => {
  const notice: Notice = {
    ...EXAMPLES["policy-changed"],
    ...{ kind: "policy-changed", service: "a", slo: "b", from: "Feature freeze", to: "Healthy" },
    ...{ consumed: null, action: null, blocks: false, liftsAt: null, cause: "definition" },
  };
  expect(noticeWords(notice, US).lines).toEqual([
    "How much of the budget is spent is not known.",
    "Before: Feature freeze.",
    "The SLO's definition was changed.",
  ]);
});

test.each([
  ["retired", "Retired", "Its document no longer has this SLO; nothing is asked of it."],
  ["restored", "Review", "Its document has this SLO again."],
] as const)("an SLO that is %s says so", (cause, to, line) => {
  const notice = { ...EXAMPLES["policy-changed"], cause, to, blocks: false } as Notice;
  const words = noticeWords(notice, US);
  expect([words.title, words.lines.at(-1)]).toEqual([`checkout/availability: ${to}`, line]);
});

test("a notice to one team more tells programs nothing that the first does not", () => {
  const [first, second, ...more] = toTeams(EXAMPLES["exception-asked"], ["pay", "web"]);
  if (!first || !second) throw new RangeError("two teams");
  expect([first.team, second.team, more]).toEqual(["pay", "web", []]);
  expect(first.key).not.toBe(second.key);
  const data = (notice: Notice) => ({ ...webhookPayload(notice, US).data, team: null });
  expect(data(second)).toEqual(data(first));
  expect(toTeams(EXAMPLES["exception-asked"], [])).toMatchObject([{ team: null }]);
});

test("only pages that begin and states that block are urgent", () => {
  const urgent = NOTICE_KINDS.filter((kind) => isUrgent(EXAMPLES[kind]));
  expect(urgent).toEqual(["policy-changed", "alert-opened"]);
  const calm = { blocks: false, severity: "ticket" } as const;
  expect(urgent.filter((kind) => isUrgent({ ...EXAMPLES[kind], ...calm } as Notice))).toEqual([]);
});

describe("a message for Slack", () => {
  const HOSTILE = "<!channel> & <https://evil.example|click> @everyone *not bold*";

  test("cannot be made to call people, or to hold links of others", () => {
    const { text, blocks } = slackMessage({ title: HOSTILE, lines: [HOSTILE], link: `${US}x` });
    expect(text).toBe(
      "*&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt; @\u200beveryone ∗not bold∗*\n" +
        "&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt; @\u200beveryone *not bold*\n" +
        `<${US}x|Look at it>`,
    );
    expect(blocks).toEqual([{ type: "section", text: { type: "mrkdwn", text } }]);
  });

  test("fits into a block whatever it tells, and has no half characters", () => {
    const any = fc.string({ unit: "grapheme", maxLength: 6_000 });
    fc.assert(
      fc.property(any, any, fc.integer({ min: 2, max: 60 }), (title, line, many) => {
        const words = { title, lines: [line, line], link: `${US}services/a/slos/b` };
        for (const { text } of [slackMessage(words), slackDigest(Array(many).fill(words))]) {
          expect(text.length).toBeLessThanOrEqual(3_000);
          expect(text.replaceAll(/<https:[^<>|]*\|(?:[^<>])*>/g, "")).not.toMatch(/[<>]/);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("of many lists what fits, at most twenty, and counts the rest", () => {
    const words = noticeWords(EXAMPLES["alert-opened"], US);
    const [title, ...lines] = slackDigest(Array(30).fill(words)).text.split("\n");
    const rest = lines.pop();
    expect(title).toBe("*30 notices*");
    expect(rest).toBe(`and ${30 - lines.length} more`);
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.length).toBeLessThanOrEqual(20);
  });
});

test("the docs show what a webhook is sent for each kind", () => {
  const docs = readFileSync("docs/notifications.md", "utf8");
  const shown = [...docs.matchAll(/```json\n(.*?)\n```/gs)].map(([, json = ""]) =>
    JSON.parse(json),
  );
  const sent = NOTICE_KINDS.map((kind) => webhookPayload(EXAMPLES[kind], US));
  expect(shown).toEqual(JSON.parse(JSON.stringify(sent)));
});
