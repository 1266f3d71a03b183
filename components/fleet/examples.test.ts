import { expect, test } from "vitest";
import { DOCUMENT } from "#components/fleet/examples.ts";
import { readDocument } from "#lib/spec/read.ts";

test("the document that a newcomer copies is read without a single finding", () => {
  const { slos, findings } = readDocument("checkout.yaml", DOCUMENT);
  expect(findings).toEqual([]);
  expect(slos.map(({ definition }) => `${definition.service}/${definition.name}`)).toEqual([
    "checkout/availability",
  ]);
});
