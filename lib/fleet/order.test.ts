import { expect, test } from "vitest";
import { pagesFirst } from "#lib/fleet/order.ts";
import type { FleetRow } from "#lib/fleet/row.ts";

const row = (slo: string, state: FleetRow["state"], severity?: "page" | "ticket") => ({
  ...{ slo, state },
  alert: severity ? { tier: `${severity}-fast`, severity, since: 0 } : null,
});

test("what pages stands before what is as bad and calls nobody, but not before what is worse", () => {
  const rows = [
    row("spent", "exhausted"),
    row("low", "at-risk"),
    row("slow", "at-risk", "ticket"),
    row("burning", "at-risk", "page"),
    row("well", "healthy"),
  ];
  expect(pagesFirst(rows).map(({ slo }) => slo)).toEqual([
    ...["spent", "burning", "low", "slow", "well"],
  ]);
});
