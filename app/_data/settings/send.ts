import { z } from "zod";
import type { FormProblem } from "#components/ui/form-problem.ts";

/** A change asked of our own server. */
export interface Change {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

/** The server said no, and why. */
export class ChangeRefused extends Error {
  override readonly name = "ChangeRefused";
  readonly problem: FormProblem;

  constructor(problem: FormProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

const refusal = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ field: z.string(), message: z.string() })),
  }),
});

/** Sends it and gives what is answered, by `shape`; throws ChangeRefused, whatever went wrong. */
export async function sendChange<Shape extends z.ZodType>(
  change: Change,
  shape: Shape,
): Promise<z.output<Shape>> {
  const response = await ask(change);
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return shape.parse(answer);
  const { success, data } = refusal.safeParse(answer);
  if (!success) throw refused(`The server answered ${response.status}.`);
  const { code, message, details } = data.error;
  const fields = Object.fromEntries(details.map((each) => [each.field, each.message]));
  const isMarked = code === "bad-body" && details.some(({ field }) => field !== "");
  throw new ChangeRefused({ message: isMarked ? "Mend what is marked below." : message, fields });
}

async function ask({ method, path, body }: Change): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
  } catch {
    throw refused("The server does not answer. Nothing was changed; try again.");
  }
}

function refused(message: string): ChangeRefused {
  return new ChangeRefused({ message, fields: {} });
}
