import { expect, test } from "vitest";
import { begunFrom } from "#app/_data/incidents/begun.ts";
import { openIncidentPath } from "#components/layout/paths.ts";

const SINCE = "2026-11-18T14:22:00.000Z";
const link = openIncidentPath({
  ...{ service: "checkout", severity: "SEV3", since: SINCE, title: "availability: page-fast" },
});
const address = new URL(link, "http://localhost").searchParams;

test("the form begins with what the alert's page says, not with the first service", () => {
  expect(begunFrom(address, ["cart", "checkout"])).toEqual({
    ...{ service: "checkout", severity: "SEV3", since: Date.parse(SINCE) },
    title: "availability: page-fast",
  });
});

test("it does not begin with another service, nor with what nobody said", () => {
  expect(begunFrom(address, ["cart"])).toBeNull();
  expect(begunFrom(new URLSearchParams(), ["cart"])).toBeNull();
  const odd = new URLSearchParams({ open: "cart", as: "SEV9", since: "soon" });
  expect(begunFrom(odd, ["cart"])).toMatchObject({ severity: "SEV2", since: null, title: "" });
});
