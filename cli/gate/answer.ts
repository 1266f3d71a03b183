import { z } from "zod";

/** What the command line reads of an answer; a newer server may say more. */
export const gateAnswer = z.looseObject({
  decision: z.enum(["allow", "block", "unknown"]),
  mode: z.enum(["enforce", "dry-run"]),
  proceed: z.boolean(),
  service: z.string(),
  environment: z.string(),
  summary: z.string(),
  reasons: z.array(
    z.looseObject({
      slo: z.string(),
      clause: z.string(),
      policyState: z.string(),
      link: z.string(),
    }),
  ),
  exception: z
    .looseObject({
      id: z.number(),
      approvedBy: z.string(),
      expiresAt: z.string(),
      link: z.string(),
    })
    .nullable(),
  liftsAt: z.string().nullable(),
});

export type GateAnswer = z.infer<typeof gateAnswer>;

/**
 * What the shell is told: 0 go on, 1 held up by a block, 2 held up because it is not known. Anything
 * that says not to go on holds up.
 */
export function exitCodeOf({
  decision,
  proceed,
}: Pick<GateAnswer, "decision" | "proceed">): number {
  if (proceed) return 0;
  return decision === "block" ? 1 : 2;
}

/** Some lines for whoever reads the log of the pipeline. */
export function inWords(answer: GateAnswer): string {
  const { decision, proceed, service, environment, reasons, exception, liftsAt } = answer;
  const goes = proceed ? "go on" : "do not deploy";
  const lines = [
    `${decision}: ${service} to ${environment}, ${goes}. ${answer.summary}`,
    ...reasons.map(
      ({ slo, policyState, clause, link }) => `  ${slo}: ${policyState} (${clause}) ${link}`,
    ),
  ];
  if (exception) {
    const { id, approvedBy, expiresAt, link } = exception;
    lines.push(`  exception ${id}, approved by ${approvedBy}, until ${expiresAt} ${link}`);
  }
  if (decision === "block" && liftsAt !== null) lines.push(`  lifts at ${liftsAt}`);
  return lines.join("\n");
}
