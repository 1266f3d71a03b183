import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { deploymentBody } from "#app/api/v1/deployments/body.ts";
import { incidentBody } from "#app/api/v1/incidents/body.ts";

const guide = (name: string) =>
  readFileSync(join(import.meta.dirname, "../../../docs", name), "utf8");

/** What the examples send with curl, in single quotes. */
function bodiesIn(text: string): unknown[] {
  return [...text.matchAll(/--data '(\{[^']*\})'/g)].map(([, body]) => JSON.parse(body ?? ""));
}

/** In double quotes for a shell, with its variables filled in. */
function shellBodiesIn(text: string, variables: Readonly<Record<string, string>>): unknown[] {
  return [...text.matchAll(/--data "(\{(?:[^"\\]|\\.)*\})"/g)].map(([, body = ""]) => {
    const filled = body.replace(/\$\(git rev-parse HEAD\)|\$(\w+)/g, (_, name) => {
      const value = variables[name ?? "HEAD"];
      if (value === undefined) throw new Error(`the example uses $${name}`);
      return value;
    });
    return JSON.parse(filled.replaceAll('\\"', '"'));
  });
}

const SHA = "dc16c5b1f0a94c5e8f3b0f7a6b9d2c1e4f5a6b7c";

test("the examples of docs/incidents.md are taken", () => {
  const bodies = bodiesIn(guide("incidents.md"));
  expect(bodies).toHaveLength(2);
  for (const body of bodies) expect(incidentBody.safeParse(body).error).toBeUndefined();
});

test("the examples of docs/deployments.md are taken", () => {
  const text = guide("deployments.md");
  const variables = {
    ...{ HEAD: SHA, GITHUB_SHA: SHA, PREVIOUS_SHA: SHA, STATUS: "failure" },
    ...{ CI_PIPELINE_ID: "4711", GITHUB_RUN_ID: "1", GITHUB_RUN_ATTEMPT: "2" },
    ...{ GITHUB_REPOSITORY: "myorg/checkout", GITHUB_SERVER_URL: "https://github.com" },
    COMMITS: `{"sha":"${SHA}","authoredAt":"2026-03-01T10:00:00+01:00"}`,
  };
  const bodies = [...bodiesIn(text), ...shellBodiesIn(text, variables)];
  expect(bodies).toHaveLength(3);
  for (const body of bodies) expect(deploymentBody.safeParse(body).error).toBeUndefined();
});

test("the template for Argo CD writes a message that is taken", () => {
  const [, yaml = ""] = /```yaml\n(apiVersion: v1\nkind: ConfigMap[^`]*)```/.exec(
    guide("deployments.md"),
  ) ?? ["", ""];
  const { data } = z.object({ data: z.record(z.string(), z.string()) }).parse(parse(yaml));
  const template = z
    .object({ webhook: z.object({ plimsoll: z.object({ body: z.string() }) }) })
    .parse(parse(data["template.plimsoll"] ?? ""));
  const values: Readonly<Record<string, string>> = {
    "app.metadata.name": "checkout",
    "app.metadata.uid": "7d0cdc51",
    "app.status.operationState.startedAt": "2026-03-01T10:00:00Z",
    "app.status.operationState.finishedAt": "2026-03-01T10:04:00Z",
    "app.status.operationState.syncResult.revision": SHA,
  };
  const body = template.webhook.plimsoll.body
    .replace(/\{\{if .*?\}\}(\w+)\{\{else\}\}\w+\{\{end\}\}/, "$1")
    .replace(/\{\{\.([\w.]+)\}\}/g, (_, path) => values[path] ?? "?");
  expect(deploymentBody.safeParse(JSON.parse(body)).error).toBeUndefined();
});
