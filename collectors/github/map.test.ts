import { describe, expect, test } from "vitest";
import { webhookHint } from "#collectors/github/map.ts";

const repository = { node_id: "R_1", full_name: "acme/checkout", default_branch: "main" };

describe("a webhook", () => {
  test.each([
    ["deployment", { action: "created" }, "deployments"],
    ["deployment_status", { action: "created" }, "deployments"],
    ["pull_request", { action: "closed", pull_request: { merged: true } }, "pulls"],
    ["issues", { action: "labeled" }, "incidents"],
    ["release", { action: "published" }, "releases"],
    ["push", { ref: "refs/heads/main" }, "commits"],
    ["workflow_run", { action: "completed" }, "deployments"],
  ])("of %s says what to poll", (event, payload, poll) => {
    expect(webhookHint(event, { repository, ...payload })).toEqual({
      repositoryId: "R_1",
      fullName: "acme/checkout",
      poll,
    });
  });

  test.each([
    ["ping", { repository }],
    ["pull_request", { repository, pull_request: { merged: false } }],
    ["push", { repository, ref: "refs/heads/feature" }],
    ["push", { repository, ref: "refs/tags/v1" }],
    ["deployment", {}],
    ["workflow_run", { repository, action: "in_progress" }],
    ["constructor", { repository }],
    ["deployment", "text"],
  ])("of %s that is nothing to us gives no hint", (event, payload) => {
    expect(webhookHint(event, payload)).toBeNull();
  });
});
