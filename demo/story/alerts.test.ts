import { expect, test } from "vitest";
import { toldByAlertmanager } from "#demo/story/alerts.ts";
import { CAST } from "#demo/story/story.ts";
import { readAlerts } from "#lib/alerts/delivery.ts";

const ANCHOR = Date.UTC(2026, 4, 13, 9, 30);

test("what Alertmanager tells is read whole, lies in the past and names SLOs of the story", () => {
  const { alerts, problems } = readAlerts(toldByAlertmanager(ANCHOR), ANCHOR);
  expect(problems).toEqual([]);
  expect(alerts.map(({ endsAt }) => endsAt === null)).toEqual([false, true]);
  const names = CAST.map(({ service, slo }) => `${service}/${slo}`);
  for (const { labels, startsAt, endsAt } of alerts) {
    expect(names).toContain(labels.slo);
    expect(startsAt).toBeLessThan(endsAt ?? ANCHOR);
  }
});
