import { z } from "zod";

const spender = z.looseObject({});

/** The first form, in which nothing was said of what was missing. */
const first = z.looseObject({
  version: z.literal(1),
  ...{ from: z.number(), to: z.number() },
  transitions: z.array(z.looseObject({})),
  spenders: z.array(spender),
  inputs: z.object({ delivery: z.string(), slos: z.string() }),
});

/** A published review in today's form: what its own did not have is empty. */
export function renewed(content: unknown): unknown {
  const read = first.safeParse(content);
  if (!read.success) return content;
  const { transitions, spenders, inputs, from, to, ...same } = read.data;
  return {
    ...same,
    ...{ version: 2, from, to, sloEdges: { from, to } },
    decisions: { transitions, exceptions: [], owed: [], gate: [] },
    spenders: spenders.map((one) => ({ ...one, incidentIds: [] })),
    ...{ spendersAmong: "all", actions: [], gaps: [], despiteGaps: false },
    inputs: { ...inputs, events: "", actions: "" },
  };
}
