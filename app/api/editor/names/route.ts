import { namesQuery } from "#app/_data/editor/shapes.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";
import { lookUpNames, type NamesLook } from "#jobs/editor/names.ts";
import { actorIdentity } from "#lib/access/actor.ts";

/** Names of metrics, labels and their values for completion: never an address of the caller's own. */
export const GET = guarded("GET /api/editor/names", async ({ request, by }) => {
  const { source, ...asked } = parameters(request, namesQuery);
  const asker = { person: actorIdentity(by.actor), now: by.at, gone: request.signal };
  const answer = await lookUpNames({ ...asker, source, ask: askOf(asked) });
  return "names" in answer ? { names: answer.names, problem: null } : { names: [], ...answer };
});

interface Asked {
  readonly kind: NamesLook["ask"]["kind"];
  readonly part?: string | undefined;
  readonly metric?: string | undefined;
  readonly label?: string | undefined;
}

function askOf({ kind, part = "", metric, label }: Asked): NamesLook["ask"] {
  if (kind === "metrics") return { kind, part };
  if (kind === "labels") return { kind, metric: metric ?? null };
  if (label === undefined) {
    const details = [{ field: "label", message: "is missing; name the label" }];
    throw new RequestError(400, "bad-parameter", "A label's values need its name.", details);
  }
  return { kind, label, metric: metric ?? null };
}
