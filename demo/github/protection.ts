import { z } from "zod";
import type { Desk } from "#demo/github/desk.ts";
import { type Reply, refuse } from "#demo/github/reply.ts";

const answerShape = z.strictObject({
  environment_name: z.string(),
  state: z.enum(["approved", "rejected"]),
  comment: z.string().max(1024),
});

interface Asked {
  readonly of: string;
  readonly run: string;
  readonly body: string;
}

/** `POST …/actions/runs/{run}/deployment_protection_rule`: taken once for a run and environment. */
export function answerProtection(desk: Desk, { of: repository, run, body }: Asked): Reply {
  const parsed = answerShape.safeParse(JSON.parse(body));
  if (!parsed.success) return refuse(422, "Validation Failed");
  const { environment_name: environment, state, comment } = parsed.data;
  const answered = desk.protection.some(
    (one) => one.repository === repository && one.run === run && one.environment === environment,
  );
  if (answered) return refuse(422, "There is no pending deployment protection rule");
  desk.protection.push({ repository, run, environment, state, comment });
  return { status: 204, body: "" };
}
