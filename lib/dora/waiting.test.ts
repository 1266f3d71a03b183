import { expect, test } from "vitest";
import { commitChange } from "#lib/dora/posted.ts";
import { at, brought, delivery, deployed, pull } from "#lib/dora/testing.ts";
import { waitingChanges } from "#lib/dora/waiting.ts";

const lone = (sha: string, hours: number) =>
  pull(0, { from: hours, to: hours, sha }, { id: `commit:${sha}`, number: null });

const changes = [
  pull(1, { from: 1, to: 5, sha: "m1" }),
  pull(4, { from: 8, to: 30, sha: "m4" }),
  pull(3, { from: 8, to: 25, sha: "m3" }),
  // Merged while the deployment ran, and in it.
  pull(2, { from: 6, to: 20.5, sha: "m2" }),
  // In another repository, and a commit that is a part of #3.
  pull(9, { from: 8, to: 40, sha: "m9" }, { id: "pr:OTHER#9", repository: "OTHER" }),
  lone("m3", 25),
  commitChange({ service: "shop", repository: "R" }, { sha: "posted", authoredAt: at(30) }),
];
const made = delivery({
  records: [
    deployed("d0", 2),
    deployed("d1", 21, { createdAt: at(20), statuses: [{ state: "success", at: at(21) }] }),
  ],
  changes,
  shipped: [brought("d1", "d0", ["m1", "m2"])],
});
const deployments = made.verdicts.map(({ deployment }) => deployment);
const waitingNow = (parts: Partial<Parameters<typeof waitingChanges>[0]> = {}) =>
  waitingChanges({ changes, landings: made.landings, deployments, ...parts })?.map(({ id }) => id);

test("what was merged after the last deployment was begun and did not land waits, oldest first", () => {
  expect(waitingNow()).toEqual(["pr:R#3", "pr:R#4"]);
});

test("a service that was never deployed has nothing that can be said", () => {
  expect(waitingNow({ deployments: [], landings: [] })).toBeUndefined();
});

test("a service whose changes are not known waits for none", () => {
  expect(waitingNow({ landings: [] })).toEqual([]);
});
