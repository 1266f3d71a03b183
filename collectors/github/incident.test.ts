import { describe, expect, test } from "vitest";
import { incidentOf } from "#collectors/github/incident.ts";
import type { IssueNode } from "#collectors/github/schema.ts";

const at = (text: string) => Date.parse(text);
const sha = "a".repeat(40);
const place = { repository: "R_1", known: new Map([["acme/cart", "R_2"]]) };

function issue(over: Partial<IssueNode> & { readonly labelled?: readonly string[] }): IssueNode {
  const { labelled = ["incident"], ...rest } = over;
  return {
    id: "I_1",
    number: 7,
    title: "Checkout is down",
    body: "",
    url: "https://github.example/acme/checkout/issues/7",
    createdAt: at("2026-03-01T10:00:00Z"),
    updatedAt: at("2026-03-01T10:00:00Z"),
    closedAt: null,
    labels: { nodes: labelled.map((name) => ({ name })) },
    closedByPullRequestsReferences: { nodes: [] },
    ...rest,
  };
}

const read = (over: Parameters<typeof issue>[0]) => incidentOf(place, ["checkout"], issue(over));

describe("an incident's severity", () => {
  test.each([
    [["SEV1"], "Down", "SEV1"],
    [["sev-2"], "Down", "SEV2"],
    [["severity: 1"], "Down", "SEV1"],
    [["severity/2"], "Down", "SEV2"],
    [["P1"], "Down", "SEV1"],
    [["incident"], "[SEV2] Down", "SEV2"],
    [["incident"], "Down", "SEV3"],
    [["mp3", "sev12"], "Down", "SEV3"],
  ])("of labels %j and title %j is %s", (labelled, title, severity) => {
    expect(read({ labelled, title })?.severity).toBe(severity);
  });
});

describe("an incident's times", () => {
  test("are those of the issue when its text has none", () => {
    expect(read({ closedAt: at("2026-03-01T12:00:00Z") })).toMatchObject({
      startedAt: at("2026-03-01T10:00:00Z"),
      detectedAt: null,
      mitigatedAt: null,
      resolvedAt: at("2026-03-01T12:00:00Z"),
    });
  });

  test.each([
    ["started: 2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z"],
    ["- **Started**: 2026-03-01 09:30 UTC", "2026-03-01T09:30:00Z"],
    ["- **Started at:** 2026-03-01 09:30", "2026-03-01T09:30:00Z"],
    ["| Started | 2026-03-01 10:30 +01:00 |", "2026-03-01T09:30:00Z"],
    ["It started: soon", "2026-03-01T10:00:00Z"],
    ["Started: 2026-13-45 99:99", "2026-03-01T10:00:00Z"],
  ])("read %j", (body, started) => {
    expect(read({ body })?.startedAt).toBe(at(started));
  });

  test("have a detection only where the text tells of one", () => {
    const body = "Started: 2026-03-01 09:30\nDetected: 2026-03-01 09:41";
    expect(read({ body })?.detectedAt).toBe(at("2026-03-01T09:41:00Z"));
    expect(read({ body: "Started: 2026-03-01 09:30" })?.detectedAt).toBeNull();
  });

  test("stay open while the issue is, whatever its text says", () => {
    expect(read({ body: "Resolved: 2026-03-01T11:00:00Z" })?.resolvedAt).toBeNull();
  });
});

describe("an incident's links", () => {
  test.each([
    [`Broke with ${sha}.`, [{ method: "explicit", sha }]],
    ["Caused by: #12", [{ method: "explicit", changeId: "pr:R_1#12" }]],
    ["Cause: acme/cart#3", [{ method: "explicit", changeId: "pr:R_2#3" }]],
    ["Cause: https://github.com/acme/cart/pull/3", [{ method: "explicit", changeId: "pr:R_2#3" }]],
    ["Cause: other/place#3", []],
    ["See also #12 for the follow-up", []],
    ["Caused by: v1.4.0", [{ method: "explicit", sha: "v1.4.0" }]],
    ["Version: `checkout@2.0.1-rc.1`.", [{ method: "explicit", sha: "checkout@2.0.1-rc.1" }]],
    ["Release: 2026.03.01", [{ method: "explicit", sha: "2026.03.01" }]],
    ["Cause: the database at 10.1", [{ method: "explicit", sha: "10.1" }]],
    ["It came with v1.4.0", []],
    ["Cause: https://wiki.example/v1.4.0/notes", []],
    ["Cause: the 3 new replicas", []],
  ])("of %j", (body, links) => {
    expect(read({ body })?.links).toEqual(links);
  });

  test("to the pull requests that closed it are remediation", () => {
    const nodes = [{ number: 9, repository: { id: "R_2" } }];
    expect(read({ closedByPullRequestsReferences: { nodes } })?.links).toEqual([
      { method: "remediation", changeId: "pr:R_2#9" },
    ]);
  });
});

describe("an incident's class", () => {
  test.each([
    [["incident", "class:dependency"], "", "dependency"],
    [["Class: bad release"], "", "bad release"],
    [["incident"], "Class: capacity", "capacity"],
    [["incident", "first-class"], "", null],
  ])("of labels %j and text %j is %s", (labelled, body, expected) => {
    expect(read({ labelled, body })?.incidentClass).toBe(expected);
  });
});

describe("an incident's service", () => {
  test.each([
    [["incident", "service:cart"], "", ["checkout"], "cart"],
    [["incident"], "Service: search", ["a", "b"], "search"],
    [["incident"], "", ["checkout"], "checkout"],
  ])("by labels %j and text %j among %j is %s", (labelled, body, services, service) => {
    expect(incidentOf(place, services, issue({ labelled, body }))?.service).toBe(service);
  });

  test("is unknown when the repository has several and nothing says which", () => {
    expect(incidentOf(place, ["a", "b"], issue({}))).toBeNull();
  });
});
