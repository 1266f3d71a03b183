import { describe, expect, test } from "vitest";
import { firesNow } from "#app/_data/slo/firesNow.ts";
import type { OutsideAlertView } from "#components/slo/alert/view.ts";
import type { AlertSpan } from "#lib/charts/view.ts";
import { START, sloOf } from "#lib/slo/testing.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const over = { tier: "page-fast", severity: "page", isOver: true } as const;
const open = (tier: string, from = START + HOUR): AlertSpan => ({
  ...{ tier, severity: tier.startsWith("page") ? "page" : "ticket" },
  ...{ startedAt: from, endedAt: null, spent: null },
});
const outside: OutsideAlertView = {
  ...{ id: 1, name: "Burn", tier: null, severity: "critical", startsAt: START + HOUR },
  ...{ endsAt: null, summary: null, url: null, toldAt: START },
};

function found(ours: AlertSpan[], shown: Parameters<typeof firesNow>[0]["shown"]) {
  const now = START + 2 * HOUR;
  return firesNow({ definition: sloOf(), ours, outside: [], shown, now });
}

describe("on the page of a firing that is over", () => {
  test("the same tier that fires again is told, with the way there", () => {
    const again = found([{ ...open("page-fast"), startedAt: START + HOUR }], over);
    expect(again).toMatchObject({ tier: "page-fast", again: true, startedAt: START + HOUR });
    expect(again?.path).toContain("/services/checkout/slos/availability?at=");
    expect(again?.path).toContain("tier=page-fast");
    expect(again?.path).not.toContain("&to=");
  });

  test("of several the worst is told, also one of a rule outside", () => {
    expect(found([open("ticket-slow"), open("page-slow")], over)).toMatchObject({
      ...{ tier: "page-slow", again: false },
    });
    const theirs = firesNow({
      ...{ definition: sloOf(), ours: [], outside: [outside], shown: over, now: START + 2 * HOUR },
    });
    expect(theirs).toMatchObject({ tier: null, severity: "page" });
  });

  test("what is over, too, is not told", () => {
    const ended = { ...open("page-fast"), endedAt: START + HOUR + MINUTE };
    expect(found([ended], over)).toBeNull();
  });
});

test("on the page of one that still fires only what is worse is told", () => {
  const ticket = { tier: "ticket-fast", severity: "ticket", isOver: false } as const;
  const ours = [open("ticket-fast"), open("ticket-slow")];
  expect(found(ours, ticket)).toBeNull();
  expect(found([...ours, open("page-fast")], ticket)).toMatchObject({ tier: "page-fast" });
});
