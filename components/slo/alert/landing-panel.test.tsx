import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { LandingPanel } from "#components/slo/alert/landing-panel.tsx";
import type { AlertLanding, LandingGate } from "#components/slo/alert/view.ts";

const AT = Date.UTC(2026, 10, 18, 14, 22);
const HOUR = 3_600_000;

const landing: AlertLanding = {
  ...{ service: "checkout", slo: "availability", name: "page-fast" },
  tier: { tier: "page-fast", severity: "page", factor: 14.4, long: "1h", short: "5m" },
  ...{ startedAt: AT, endedAt: AT + HOUR, difference: null, firesNow: null, leftOut: null },
  ...{ before: null, now: null, deployment: null, incidents: [], runbook: null },
  policy: {
    state: "Healthy",
    action: null,
    blocks: false,
    liftsAt: null,
    exempt: ["p0"],
    enforced: true,
  },
};
const blocked: LandingGate = {
  answer: { decision: "block", mode: "enforce", proceed: false },
  fixes: ["p0", "security"],
};

/** What is read, and what its links lead to. */
function drawn(of: Partial<AlertLanding>, gate: LandingGate | null = null, mayEdit = true) {
  const html = renderToStaticMarkup(
    <LandingPanel
      landing={{ ...landing, ...of }}
      {...{ chart: null, until: AT + 2 * HOUR, gate, mayEdit, countAll: "Count everything" }}
    />,
  );
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) =>
    (href ?? "").replaceAll("&amp;", "&"),
  );
  return { text: html.replace(/<[^>]*>/g, ""), links };
}

test("the card leads on, with all that is known filled in", () => {
  const { text, links } = drawn({}, blocked);
  expect(links).toEqual([
    "/incidents?open=checkout&as=SEV2&since=2026-11-18T14%3A22%3A00.000Z&title=availability%3A+page-fast",
    "/policy/exceptions/new?service=checkout&slo=availability&environment=production",
  ]);
  expect(text).toContain("P0 and security fixes go through: plimsoll gate --change p0");
});

test("it offers what the reader may do, and no way around what does not block", () => {
  const allowed: LandingGate = { ...blocked, answer: { ...blocked.answer, decision: "allow" } };
  expect(drawn({}, allowed).links).toHaveLength(1);
  expect(drawn({}, blocked, false).links).toEqual([]);
});

test("it leads to the incident that is open", () => {
  const open = { id: "i1", title: "Carts", severity: "SEV2", startedAt: AT } as const;
  const { text, links } = drawn({ incidents: [{ ...open, resolvedAt: null }] });
  expect(links).toContain("/incidents/i1");
  expect(text).toContain("Go to the open SEV2");
});

test("a firing that is over says first that it fires again", () => {
  const firesNow = { tier: "page-fast", severity: "page", startedAt: AT, again: true } as const;
  const { text, links } = drawn({ firesNow: { ...firesNow, path: "/there" } });
  expect(text.indexOf("It fires again since")).toBe(0);
  expect(links[0]).toBe("/there");
});

test("what is left out stands first, with the burn without it", () => {
  const window = { id: 1, title: "Maintenance: oops", from: AT, to: AT + HOUR, by: "Ada" };
  const { text } = drawn({ leftOut: { windows: [window], window: "1h", burn: 41.5 } });
  expect(text.indexOf("Left out of these numbers: Maintenance: oops")).toBe(0);
  expect(text).toContain("(by Ada). Without it the budget burns 41.5× over 1h. Count everything");
});

test("a deployment that went out is not told of as one that failed to", () => {
  const deployment = { id: "d", title: "299de1b", at: AT - HOUR, failed: true };
  const text = (causeOf: string[]) => drawn({ deployment: { ...deployment, causeOf } }).text;
  expect(text(["Carts cannot be opened"])).toContain(
    "taken for the cause of “Carts cannot be opened”",
  );
  expect(text([])).not.toContain("(failed)");
});

test("a policy that asks nothing is not called Healthy under an SLO that is at risk", () => {
  expect(drawn({}).text).toContain("This SLO asks for nothing");
  expect(drawn({}).text).not.toContain("Healthy");
});
