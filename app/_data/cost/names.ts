import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { SpentPart } from "#components/slo/costs/view.ts";
import type { CostPart } from "#lib/dora/cost.ts";
import type { Deployment } from "#lib/dora/deployment.ts";

/** What a deployment is called: its tag or version, else its commit. A branch's name tells none from another. */
export function titleOf({ ref, sha, id }: Pick<Deployment, "ref" | "sha" | "id">): string {
  if (ref !== null && (sha === null || /\d/.test(ref))) return ref;
  return sha?.slice(0, 7) ?? id;
}

/** Gives each part of a budget's costs its name and time. */
export function namer({ delivery }: KnownDelivery): (part: CostPart) => SpentPart {
  const deployments = new Map(delivery.verdicts.map(({ deployment: d }) => [d.id, d]));
  const incidents = new Map(delivery.incidents.map((incident) => [incident.id, incident]));
  const causeOf = (id: string | null) => {
    const cause = id === null ? undefined : deployments.get(id);
    return cause ? { id: cause.id, title: titleOf(cause) } : null;
  };
  return ({ kind, id, deploymentId, bad, share }) => {
    const part = { kind, id, bad, share };
    const incident = incidents.get(id);
    if (kind === "incident" && incident) {
      const { title, startedAt: at } = incident;
      return { ...part, title, at, causedBy: causeOf(deploymentId) };
    }
    const deployment = deployments.get(id);
    const title = deployment ? titleOf(deployment) : id;
    return { ...part, title, at: deployment?.finishedAt ?? 0, causedBy: null };
  };
}
